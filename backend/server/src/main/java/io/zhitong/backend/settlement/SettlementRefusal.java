package io.zhitong.backend.settlement;

/** Why a day is not settled (拒绝清算原因). */
public enum SettlementRefusal {
    NOT_DURABLE("生产方式下不得在 H2 上清算：它不保证落盘", "production does not settle on H2, which does not fsync: use PostgreSQL"),
    DAY_IN_FUTURE("该营业日还没有开始", "the business day has not begun"),
    DAY_TOO_OLD("清算文件只用于 2000 年以后的营业日", "settlement files are of days from the year 2000 on"),
    VAULT_AWAY("密钥库未开启或不可达，无法签名", "the vault is sealed or away: nothing can be signed"),
    VERSIONS_USED_UP("该文件已有 99 个版本", "the file has 99 versions already");

    private final String chinese;
    private final String english;

    SettlementRefusal(String chinese, String english) {
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
