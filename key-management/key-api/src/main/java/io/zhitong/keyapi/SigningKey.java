package io.zhitong.keyapi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The vault's own SM2 keys (签名密钥), one for each purpose. */
public enum SigningKey {
    /** Access lists and other signed lists. */
    POLICY(1, "策略签名密钥", "signed lists"),
    /** Commands to devices. */
    COMMAND(2, "命令签名密钥", "device commands"),
    /** Settlement files. */
    SETTLEMENT(3, "清算签名密钥", "settlement files"),
    /** Card and reader certificates: signs only what the vault itself put together. */
    CARD_ISSUER(4, "卡片证书签发密钥", "card certificates"),
    /** Checkpoints of the vault's audit chain: signs only those. */
    AUDIT(5, "审计签名密钥", "audit checkpoints");

    /** All signed layouts of ours but settlement files, which are text of their own, begin so. */
    private static final String OURS = "ZT";

    private final int code;
    private final String chinese;
    private final String english;

    SigningKey(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    /** One byte on the wire and in the store; never reused. */
    public int code() {
        return code;
    }

    /** Whether {@link KeyService#sign} will use it. */
    public boolean signsOnRequest() {
        return this != CARD_ISSUER && this != AUDIT;
    }

    /**
     * Whether {@link KeyService#sign} signs this message by this key: each key its own layout, so that whoever may ask for one
     * purpose gets nothing for another. POLICY signs what begins with {@code ZTL2}
     * or, for updates, {@code ZTU1}, COMMAND {@code ZTC2}, SETTLEMENT what
     * begins with no {@code ZT} at all, the others nothing.
     */
    public boolean signs(byte[] message) {
        return switch (this) {
            case POLICY -> startsWith(message, "ZTU1") || startsWith(message, "ZTL2");
            case COMMAND -> startsWith(message, "ZTC2");
            case SETTLEMENT -> !startsWith(message, OURS);
            case CARD_ISSUER, AUDIT -> false;
        };
    }

    private static boolean startsWith(byte[] message, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        return message.length >= wanted.length && Arrays.equals(message, 0, wanted.length, wanted, 0, wanted.length);
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
