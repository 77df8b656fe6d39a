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
     * Makes a new version of a master (新版本主密钥), drawn independently; it begins pre-active. Body: key reference ‖ terms.
     *
     * @param key usage, the number of the new version, above all there are; the path from the root
     * @param terms of origin {@link KeyOrigin#MADE}
     */
    record NewKeyVersion(KeyRef key, KeyTerms terms) implements KeyOrder {
        public NewKeyVersion {
            if (terms.origin() != KeyOrigin.MADE) {
                throw Checks.malformed("expected terms of a key made here");
            }
        }

        /** On the usual terms: valid without limits, never leaves. */
        public NewKeyVersion(KeyRef key) {
            this(key, KeyTerms.own(0));
        }

        @Override
        public KeyOrderKind kind() {
            return KeyOrderKind.NEW_KEY_VERSION;
        }

        @Override
        public void encodeBody(ByteWriter out) {
            key.encode(out);
            terms.encode(out);
        }

        @Override
        public String details() {
            return key.text() + " " + terms.exportability().letter();
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
            return key.text() + " → " + state.chinese() + " " + state.english();
        }
    }

    /**
     * Takes a master that came as a key block (导入密钥块); it begins pre-active. Body: exchange key reference ‖ PSAM only 1 ‖
     * block text.
     *
     * @param exchange the exchange key that protects the block
     * @param samOnly the purse is another issuer's: the key goes into PSAMs and does nothing else
     * @param block ASCII, at most 256 characters
     */
    record ImportKeyBlock(KeyRef exchange, boolean samOnly, String block) implements KeyOrder {
        private static final int MOST = 256;

        public ImportKeyBlock {
            Checks.range("key block", block.length(), 1, MOST);
            if (!block.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'A' && c <= 'Z')) {
                throw Checks.malformed("expected digits and capital letters of a key block");
            }
        }

        @Override
        public KeyOrderKind kind() {
            return KeyOrderKind.IMPORT_KEY_BLOCK;
        }

        @Override
        public void encodeBody(ByteWriter out) {
            exchange.encode(out);
            out.u8(samOnly ? 1 : 0).text(block);
        }

        @Override
        public String details() {
            return block + " ← " + exchange.text() + (samOnly ? " PSAM" : "");
        }
    }

    /**
     * Lets a master out as a key block (导出密钥块), which is the order's outcome. Body: key reference ‖ exchange key reference.
     *
     * @param key a master, stored or derived from one, that may be exported
     * @param exchange the exchange key of the partner who gets it
     */
    record ExportKeyBlock(KeyRef key, KeyRef exchange) implements KeyOrder {
        @Override
        public KeyOrderKind kind() {
            return KeyOrderKind.EXPORT_KEY_BLOCK;
        }

        @Override
        public void encodeBody(ByteWriter out) {
            key.encode(out);
            exchange.encode(out);
        }

        @Override
        public String details() {
            return key.text() + " → " + exchange.text();
        }
    }
}
