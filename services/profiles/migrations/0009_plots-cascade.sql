ALTER TABLE "profiles"."plot_holders" DROP CONSTRAINT "plot_holders_plot_id_plots_id_fk";
--> statement-breakpoint
ALTER TABLE "profiles"."seasons" DROP CONSTRAINT "seasons_plot_id_plots_id_fk";
--> statement-breakpoint
ALTER TABLE "profiles"."plot_holders" ADD CONSTRAINT "plot_holders_plot_id_plots_id_fk" FOREIGN KEY ("plot_id") REFERENCES "profiles"."plots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles"."seasons" ADD CONSTRAINT "seasons_plot_id_plots_id_fk" FOREIGN KEY ("plot_id") REFERENCES "profiles"."plots"("id") ON DELETE cascade ON UPDATE no action;