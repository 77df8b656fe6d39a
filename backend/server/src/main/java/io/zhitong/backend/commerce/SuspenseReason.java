package io.zhitong.backend.commerce;

/** Why a record is not paid (待查原因). */
public enum SuspenseReason {
    WRONG_TAC("TAC 校验失败", "the TAC is not this card's for this amount, terminal, number and time"),
    OTHER_CONTENT("同一流水号内容不同", "the same terminal number came with other content: both are held"),
    UNKNOWN_KEY("密钥版本未知", "the vault holds no TAC key of this version"),
    OTHER_ISSUER("他方发行的钱包，待发行方核验 TAC", "another issuer's purse: its TAC is checked there"),
    ALGORITHM("算法不受支持", "the card's algorithm cannot be checked here"),
    NO_MERCHANT("终端未登记商户", "no merchant is registered for this terminal"),
    IN_DOUBT("交易未完成", "the card left half-way and has not come back"),
    MALFORMED("记录格式错误", "the record is not a purchase record");

    private final String chinese;
    private final String english;

    SuspenseReason(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
