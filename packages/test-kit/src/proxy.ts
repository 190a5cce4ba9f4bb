export { startProxy, type Proxy } from "@minka/test-database/proxy";
