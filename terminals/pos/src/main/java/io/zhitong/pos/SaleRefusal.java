package io.zhitong.pos;

/** Why the till did not sell, beyond what the card says (拒绝收款原因). */
enum SaleRefusal {
    AMOUNT("金额无效", "the amount is not 1 fen to 21474836.47 yuan"),
    BUSY("正在进行另一笔交易", "another sale is going on"),
    NO_CARD("未放卡，已超时", "no card was presented in time"),
    JOURNAL_FULL("流水已满或磁盘故障，不能收款", "there is no room for a payment record: no sale"),
    NO_SAM("没有 PSAM 或其不可用", "the PSAM is absent or not usable"),
    LEASE_OVER("PSAM 租约已到期，请联系管理员续租", "the PSAM's lease is over: have it renewed"),
    STOPPING("终端正在停止", "the till is stopping");

    private final String chinese;
    private final String english;

    SaleRefusal(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    String chinese() {
        return chinese;
    }

    String english() {
        return english;
    }
}
