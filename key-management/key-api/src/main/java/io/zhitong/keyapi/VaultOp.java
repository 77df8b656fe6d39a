package io.zhitong.keyapi;

/** The questions of the vault's wire protocol (密钥库请求); one byte each, never reused. Layouts: docs/keys.md. */
enum VaultOp implements WireOp {
    STATUS(0x01),
    KEYS(0x02),
    RANDOM(0x03),
    WRAP(0x04),
    MAC(0x05),
    VERIFY(0x06),
    VERIFY_THEN_MAC(0x07),
    AUTHENTICATE(0x08),
    CERTIFY_CARD(0x09),
    SIGN(0x0A),
    PUBLIC_KEY(0x0B),
    ENROL_MACHINE(0x0C),
    REVOKE(0x0D),
    REVOCATIONS(0x0E),
    /** The only question a client without a certificate may ask. */
    ENROL_BY_TOKEN(0x0F),
    CERTIFY_READER(0x10),
    WRAP_DATA(0x11),
    UNWRAP_DATA(0x12),
    HASH_DATA(0x13);

    private final int code;

    VaultOp(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public boolean repeatable() {
        return this != ENROL_MACHINE && this != ENROL_BY_TOKEN;
    }
}
