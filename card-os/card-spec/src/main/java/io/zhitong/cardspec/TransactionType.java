package io.zhitong.cardspec;

import io.zhitong.smcrypto.MalformedInput;

/** Transaction type identifiers (交易类型标识) of purse records and cryptograms. */
public enum TransactionType {
    ED_LOAD(0x01, "存折圈存", "load of the deposit"),
    EP_LOAD(0x02, "钱包圈存", "load of the purse"),
    UNLOAD(0x03, "圈提", "unload"),
    CASH(0x04, "取现", "cash withdrawal"),
    ED_PURCHASE(0x05, "存折消费", "purchase from the deposit"),
    EP_PURCHASE(0x06, "钱包消费", "purchase from the purse"),
    OVERDRAFT(0x07, "修改透支限额", "change of the overdraft limit"),
    CAPP_PURCHASE(0x09, "复合消费", "compound purchase"),
    ED_GREY_LOCK(0x91, "存折灰锁", "grey lock of the deposit"),
    EP_GREY_LOCK(0x92, "钱包灰锁", "grey lock of the purse"),
    ED_GREY_DEBIT(0x93, "存折解扣", "debit that ends a grey lock of the deposit"),
    EP_GREY_DEBIT(0x94, "钱包解扣", "debit that ends a grey lock of the purse"),
    ED_GREY_UNLOCK(0x95, "存折联机解扣", "grey unlock of the deposit by the host"),
    EP_GREY_UNLOCK(0x96, "钱包联机解扣", "grey unlock of the purse by the host");

    private final int id;
    private final String zh;
    private final String en;

    TransactionType(int id, String zh, String en) {
        this.id = id;
        this.zh = zh;
        this.en = en;
    }

    /** The byte in records and cryptograms. */
    public int id() {
        return id;
    }

    /** Chinese name. */
    public String zh() {
        return zh;
    }

    /** English name. */
    public String en() {
        return en;
    }

    /** @throws MalformedInput for an unknown identifier */
    public static TransactionType of(int id) {
        for (TransactionType type : values()) {
            if (type.id == id) {
                return type;
            }
        }
        throw new MalformedInput("expected a transaction type 01..07, 09 or 91..96, came another");
    }
}
