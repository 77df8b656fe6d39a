package io.zhitong.keyvault.ceremony;

/** What a record of the transcript tells (记录种类). The word stands in the file; never reused. */
public enum TranscriptKind {
    STARTED("开始", "ceremony started"),
    JOINED("登记保管人", "custodian named"),
    COMMITTED("承诺分量", "component committed to"),
    REVEALED("出示分量", "component revealed"),
    MADE("建立主密钥区", "master compartment made"),
    KEY("主密钥", "master key"),
    DEALT("发放份额", "share dealt"),
    CONFIRMED("回验份额", "share confirmed"),
    REFUSED("拒绝", "refused"),
    PROVEN("开启验证", "opened by its quorum"),
    CLOSED("完成", "ceremony closed"),
    ABORTED("放弃", "ceremony given up"),
    END("结束", "end");

    private final String chinese;
    private final String english;

    TranscriptKind(String chinese, String english) {
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
