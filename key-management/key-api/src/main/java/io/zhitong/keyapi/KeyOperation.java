package io.zhitong.keyapi;

import java.util.EnumSet;
import java.util.Set;

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
    PROTECT_BLOCK("保护密钥块", "protects key blocks"),
    /** Encrypts a data key of somebody else's, which comes in clear and is kept by whoever asked. */
    WRAP_DATA("封装数据密钥", "wraps data keys"),
    /** Opens such a data key again. */
    UNWRAP_DATA("解封数据密钥", "unwraps data keys"),
    /** Makes a keyed hash by which an encrypted value is found. */
    HASH_DATA("计算检索摘要", "makes search digests");

    private static final Set<KeyOperation> NEW_ONLY = EnumSet.of(INTO_CARD, INTO_SAM, WRAP_DATA);

    private final String chinese;
    private final String english;

    KeyOperation(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    /** Whether it makes something new with the key; a key that is retired or over only serves what is there. */
    boolean beginsSomething() {
        return NEW_ONLY.contains(this);
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
