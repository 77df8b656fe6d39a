package io.zhitong.keyapi;

/** What may be done with a derived key (密钥操作). Whatever a usage does not name is refused. */
public enum KeyOperation {
    /** Protects a WRITE KEY: the only thing that encrypts. */
    WRAP_UNDER("加密装载其他密钥", "wraps other keys"),
    /** Is delivered into its own card, wrapped for that card. */
    INTO_CARD("装入卡片", "goes into its card"),
    /** Is delivered as a master into a SAM, under the SAM's control key only. */
    INTO_SAM("以主密钥装入SAM", "goes into a SAM as a master"),
    /** MACs a protected command. */
    MAC("计算命令MAC", "computes command MACs"),
    /** Checks a MAC or TAC; never makes one. */
    VERIFY("校验MAC或TAC", "verifies MACs and TACs"),
    /** Checks the card's MAC and only then makes the host's, both under a session key. */
    VERIFY_THEN_MAC("先验后签MAC", "verifies the card's MAC, then answers it"),
    /** Answers a card's challenge. */
    AUTHENTICATE("外部认证", "answers a challenge"),
    /** MACs the renewal of a SAM's lease, which the register allowed. */
    RENEW_LEASE("续租SAM", "renews a SAM's lease"),
    /** Protects key blocks, one level above its chain's end; keys leave and come under it by approved orders only. */
    PROTECT_BLOCK("保护密钥块", "protects key blocks");

    private final String chinese;
    private final String english;

    KeyOperation(String chinese, String english) {
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
