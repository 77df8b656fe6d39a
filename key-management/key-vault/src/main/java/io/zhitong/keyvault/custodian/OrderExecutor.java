package io.zhitong.keyvault.custodian;

import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyServiceException;

/** Does what two custodians have approved (指令执行), once. */
public interface OrderExecutor {
    /**
     * Whether it could be done now; asked when it is proposed and before the second approval counts.
     *
     * @throws KeyServiceException with the reason why not: sealed, unknown key, illegal state
     */
    void check(KeyOrder order);

    /** Whether the order of that number has been done: kept in the same write as what it changed. */
    boolean done(byte[] number);

    /**
     * Does it and keeps the number with it.
     *
     * @param number of the proposal, 8 bytes
     * @return the outcome for people, without a key in clear
     * @throws KeyServiceException when it turns out impossible; nothing is changed then
     */
    String execute(byte[] number, KeyOrder order);
}
