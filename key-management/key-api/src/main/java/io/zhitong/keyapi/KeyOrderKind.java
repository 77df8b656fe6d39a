package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import java.util.function.Function;

/** The kinds of orders (密钥指令种类). One byte in the canonical form, never reused. */
public enum KeyOrderKind {
    UNLOCK_CUSTODIAN(1, "解锁保管人", "unlock custodian", in -> new KeyOrder.UnlockCustodian(in.u8())),
    NEW_KEY_VERSION(
            2, "生成新版本主密钥", "new version of", in -> new KeyOrder.NewKeyVersion(KeyRef.decode(in), KeyTerms.decode(in))),
    CHANGE_KEY_STATE(
            3, "变更密钥状态", "change state of", in -> new KeyOrder.ChangeKeyState(KeyRef.decode(in), KeyState.of(in.u8()))),
    IMPORT_KEY_BLOCK(
            4,
            "导入密钥块",
            "import key block",
            in -> new KeyOrder.ImportKeyBlock(KeyRef.decode(in), Checks.flag(in.u8()), in.text())),
    EXPORT_KEY_BLOCK(
            5, "导出密钥块", "export as key block", in -> new KeyOrder.ExportKeyBlock(KeyRef.decode(in), KeyRef.decode(in)));

    private final int code;
    private final String chinese;
    private final String english;
    private final Function<ByteReader, KeyOrder> decode;

    KeyOrderKind(int code, String chinese, String english, Function<ByteReader, KeyOrder> decode) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
        this.decode = decode;
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

    KeyOrder decode(ByteReader in) {
        return decode.apply(in);
    }

    static KeyOrderKind of(int code) {
        for (KeyOrderKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw Checks.malformed("unknown kind of order");
    }
}
