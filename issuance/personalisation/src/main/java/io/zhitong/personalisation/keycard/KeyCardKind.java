package io.zhitong.personalisation.keycard;

/** The kinds of key cards (密钥卡种类), docs/keys.md. The code stands in the label and in the register of custody. */
public enum KeyCardKind {
    /** A custodian's share of the masters, 47 bytes. */
    CONTROL(1, 47, "总控卡", "master control card"),
    /** Key blocks, and one component of the exchange key that opens them. */
    MOTHER(2, 16, "密钥母卡", "mother card"),
    /** The other component. */
    TRANSPORT(3, 16, "传输卡", "transport card"),
    /** A key that answers the vault's challenges and never leaves the card. */
    AUTHENTICATION(4, 16, "认证卡", "authentication card");

    private final int code;
    private final int secret;
    private final String chinese;
    private final String english;

    KeyCardKind(int code, int secret, String chinese, String english) {
        this.code = code;
        this.secret = secret;
        this.chinese = chinese;
        this.english = english;
    }

    public int code() {
        return code;
    }

    /** Length of what it keeps secret, bytes. */
    public int secretLength() {
        return secret;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    /** @throws KeyCardRefused NO_KEY_CARD for an unknown code */
    static KeyCardKind of(int code) {
        for (KeyCardKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new KeyCardRefused(KeyCardRefused.Reason.NO_KEY_CARD, "its label is of a later version");
    }
}
