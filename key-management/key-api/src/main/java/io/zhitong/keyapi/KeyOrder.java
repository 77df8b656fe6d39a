package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * What two custodians order the vault to do (密钥指令). The canonical bytes, kind 1 ‖ body, are what their approval binds:
 * one order has one encoding.
 */
public sealed interface KeyOrder {
    /** What is ordered, as one byte and in words. */
    KeyOrderKind kind();

    /** Writes the body. */
    void encodeBody(ByteWriter out);

    /** The details behind the kind's words, the same in both languages: key names, numbers. */
    String details();

    /** Kind 1 ‖ body. */
    default byte[] canonical() {
        ByteWriter out = new ByteWriter().u8(kind().code());
        encodeBody(out);
        return out.toByteArray();
    }

    /** For a screen in English. */
    default String english() {
        return kind().english() + " " + details();
    }

    /** For a screen in Chinese. */
    default String chinese() {
        return kind().chinese() + " " + details();
    }

    /**
     * Reads canonical bytes.
     *
     * @throws KeyServiceException {@link KeyRefusal#MALFORMED}
     */
    static KeyOrder decode(byte[] canonical) {
        ByteReader in = new ByteReader(canonical);
        KeyOrder order = KeyOrderKind.of(in.u8()).decode(in);
        in.end();
        return order;
    }

    /**
     * Takes the lock off a custodian who typed too many wrong PINs (解锁保管人). Body: number 1.
     *
     * @param custodian number; he cannot approve it himself
     */
    record UnlockCustodian(int custodian) implements KeyOrder {
        public UnlockCustodian {
            Checks.range("custodian", custodian, 1, Custodian.MOST);
        }

        @Override
        public KeyOrderKind kind() {
            return KeyOrderKind.UNLOCK_CUSTODIAN;
        }

        @Override
        public void encodeBody(ByteWriter out) {
            out.u8(custodian);
        }

        @Override
        public String details() {
            return String.valueOf(custodian);
        }
    }

    /**
     * Makes a new version of a master (新版本主密钥). Body: key reference.
     *
     * @param key usage, the number of the new version, the path from the root
     */
    record NewKeyVersion(KeyRef key) implements KeyOrder {
        @Override
        public KeyOrderKind kind() {
            return KeyOrderKind.NEW_KEY_VERSION;
        }

        @Override
        public void encodeBody(ByteWriter out) {
            key.encode(out);
        }

        @Override
        public String details() {
            return key.toString();
        }
    }

    /**
     * Moves a master to another state of its life (变更密钥状态). Body: key reference ‖ state 1.
     *
     * @param key the master
     * @param state to be reached; destroyed ends its bytes
     */
    record ChangeKeyState(KeyRef key, KeyState state) implements KeyOrder {
        @Override
        public KeyOrderKind kind() {
            return KeyOrderKind.CHANGE_KEY_STATE;
        }

        @Override
        public void encodeBody(ByteWriter out) {
            key.encode(out);
            out.u8(state.code());
        }

        @Override
        public String details() {
            return key + " → " + state.chinese() + " " + state.english();
        }
    }
}
