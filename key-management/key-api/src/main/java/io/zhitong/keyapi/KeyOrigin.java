package io.zhitong.keyapi;

/** Where a master came from (密钥来源). One byte, never reused. */
public enum KeyOrigin {
    MADE(1, "本库生成", "made here"),
    IMPORTED(2, "导入", "imported"),
    /** A purse's master that its issuer gave us for our terminals: it goes into PSAMs and does nothing else. */
    FOREIGN_ISSUER(3, "他方发行，仅入PSAM", "of another issuer, for PSAMs only");

    private final int code;
    private final String chinese;
    private final String english;

    KeyOrigin(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    public int code() {
        return code;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    /**
     * The origin of a code.
     *
     * @throws KeyServiceException {@link KeyRefusal#MALFORMED} for an unknown one
     */
    public static KeyOrigin of(int code) {
        for (KeyOrigin origin : values()) {
            if (origin.code == code) {
                return origin;
            }
        }
        throw Checks.malformed("unknown key origin");
    }
}
