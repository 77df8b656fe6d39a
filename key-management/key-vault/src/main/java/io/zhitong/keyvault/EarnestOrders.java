package io.zhitong.keyvault;

import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyvault.custodian.OrderExecutor;

/** Orders as a vault takes them (指令执行的前提): no key of a rehearsal leaves as a key block. */
record EarnestOrders(Vault vault, OrderExecutor orders) implements OrderExecutor {
    @Override
    public void check(KeyOrder order) {
        if (vault.rehearsal() && order instanceof KeyOrder.ExportKeyBlock) {
            throw new KeyServiceException(KeyRefusal.REHEARSAL, "hold the ceremony in earnest first");
        }
        orders.check(order);
    }

    @Override
    public boolean done(byte[] number) {
        return orders.done(number);
    }

    @Override
    public String execute(byte[] number, KeyOrder order) {
        return orders.execute(number, order);
    }
}
