package io.zhitong.backend.events;

/** How a record contradicts what is stored (冲突); it is kept apart, and shown. */
public enum Conflict {
    /** 同号不同内容: the same identity was stored with another content. */
    OTHER_CONTENT("同号不同内容", "same identity, other content"),
    /** 补传缺号: lies in a hole that was already noticed. */
    IN_A_GAP("缺号后补传", "arrived after its place was noticed as a gap"),
    /** 链断裂: does not name the hash of its predecessor; the record itself is stored. */
    CHAIN_BROKEN("日志链断裂", "does not follow from its predecessor"),
    /** 丢失声明未签名: a statement of loss that is not signed by the device; the record is stored, the gap stays unexplained. */
    NOT_SIGNED("丢失声明签名无效", "statement of loss without the device's signature");

    private final String chinese;
    private final String english;

    Conflict(String chinese, String english) {
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
