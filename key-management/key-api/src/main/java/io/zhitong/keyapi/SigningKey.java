package io.zhitong.keyapi;

/** The vault's own SM2 keys (签名密钥), one for each purpose. */
public enum SigningKey {
    /** Access lists and other signed lists. */
    POLICY(1, true, "策略签名密钥", "signed lists"),
    /** Commands to devices. */
    COMMAND(2, true, "命令签名密钥", "device commands"),
    /** Settlement files. */
    SETTLEMENT(3, true, "清算签名密钥", "settlement files"),
    /** Card and reader certificates: signs only what the vault itself put together. */
    CARD_ISSUER(4, false, "卡片证书签发密钥", "card certificates"),
    /** Checkpoints of the vault's audit chain: signs only those. */
    AUDIT(5, false, "审计签名密钥", "audit checkpoints");

    private final int code;
    private final boolean onRequest;
    private final String chinese;
    private final String english;

    SigningKey(int code, boolean onRequest, String chinese, String english) {
        this.code = code;
        this.onRequest = onRequest;
        this.chinese = chinese;
        this.english = english;
    }

    /** One byte on the wire and in the store; never reused. */
    public int code() {
        return code;
    }

    /** Whether {@link KeyService#sign} will use it. */
    public boolean signsOnRequest() {
        return onRequest;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    /**
     * The key of a code.
     *
     * @throws KeyServiceException {@link KeyRefusal#MALFORMED} for an unknown one
     */
    public static SigningKey of(int code) {
        for (SigningKey key : values()) {
            if (key.code == code) {
                return key;
            }
        }
        throw Checks.malformed("unknown signing key");
    }
}
