type Part = { readonly id: string; readonly packs: number };

/**
 * Of whom each order gets its packs at one point: in the order in which people joined, from one supplier after the
 * other, so that few get packs of two. Throws where what comes is not what is to be handed out.
 */
export function fillOrders(
  orders: readonly Part[],
  supplies: readonly Part[],
): { orderId: string; supplyId: string; packs: number }[] {
  const left = supplies.map((supply) => ({ ...supply }));
  const lines = orders.flatMap(({ id: orderId, packs }) => {
    let wanted = packs;
    return left.flatMap((supply) => {
      const taken = Math.min(wanted, supply.packs);
      supply.packs -= taken;
      wanted -= taken;
      return taken === 0 ? [] : [{ orderId, supplyId: supply.id, packs: taken }];
    });
  });
  const sum = (parts: readonly { packs: number }[]) => parts.reduce((all, { packs }) => all + packs, 0);
  if (sum(lines) !== sum(orders) || sum(lines) !== sum(supplies))
    throw new Error(`${sum(supplies)} packs come for orders of ${sum(orders)}`);
  return lines;
}
