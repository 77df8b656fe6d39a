package io.zhitong.keyapi;

/** Whether a key may leave again as a key block (可导出性). */
public enum Exportability {
    /** Under an exchange key, to a partner named in an approved order. */
    EXCHANGE('E', "可在交换密钥下导出", "under an exchange key"),
    NEVER('N', "不可导出", "never");

    private final char letter;
    private final String chinese;
    private final String english;

    Exportability(char letter, String chinese, String english) {
        this.letter = letter;
        this.chinese = chinese;
        this.english = english;
    }

    /** Its place in a key block's header; also one byte of the store; never reused. */
    public char letter() {
        return letter;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    /**
     * The exportability of a letter.
     *
     * @throws KeyServiceException {@link KeyRefusal#MALFORMED} for an unknown one
     */
    public static Exportability of(int letter) {
        for (Exportability one : values()) {
            if (one.letter == letter) {
                return one;
            }
        }
        throw Checks.malformed("unknown exportability");
    }
}
