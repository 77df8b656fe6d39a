package io.zhitong.cardspec;

import io.zhitong.smcrypto.MalformedInput;

/** Key types (密钥类型) as WRITE KEY names them, docs/card.md "File system". */
public enum KeyType {
    ENCRYPT(0x30, "加密密钥", "encryption"),
    DECRYPT(0x31, "解密密钥", "decryption"),
    MAC(0x32, "MAC 密钥", "MAC"),
    TAC(0x34, "TAC 密钥", "TAC"),
    MAINTENANCE(0x36, "线路保护密钥", "line protection and maintenance"),
    PIN_UNBLOCK(0x37, "口令解锁密钥", "PIN unblock"),
    PIN_RELOAD(0x38, "口令重装密钥", "PIN reload"),
    EXTERNAL_AUTH(0x39, "外部认证密钥", "external authentication; 00 is the DF's control key"),
    PIN(0x3A, "口令", "PIN"),
    ACCESS(0x3B, "门禁快速认证密钥", "fast access transaction"),
    OVERDRAFT(0x3C, "透支密钥", "overdraft"),
    UNLOAD(0x3D, "圈提密钥", "unload"),
    PURCHASE(0x3E, "消费密钥", "purchase"),
    LOAD(0x3F, "圈存密钥", "load");

    private final int code;
    private final String zh;
    private final String en;

    KeyType(int code, String zh, String en) {
        this.code = code;
        this.zh = zh;
        this.en = en;
    }

    /** The type byte. */
    public int code() {
        return code;
    }

    /** Chinese name. */
    public String zh() {
        return zh;
    }

    /** English name. */
    public String en() {
        return en;
    }

    /** @throws MalformedInput for an unknown type */
    public static KeyType of(int code) {
        for (KeyType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new MalformedInput("expected a key type of docs/card.md, came another");
    }
}
