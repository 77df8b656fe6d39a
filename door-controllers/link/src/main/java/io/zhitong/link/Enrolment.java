package io.zhitong.link;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** How a new device gets its certificate (设备注册). */
public final class Enrolment {

    private Enrolment() {}

    /** What the backend does with a question; called on a worker thread, may block. */
    @FunctionalInterface
    public interface Handler {

        /**
         * Spends the token and has the certificate issued. The name in the certificate is
         * {@link DeviceAddress#certificateName}, whatever the request wishes.
         *
         * @throws EnrolmentRefusedException token unknown or spent, request unusable
         */
        Granted enrol(Question question);
    }

    /**
     * What a device asks.
     *
     * @param token one-time secret, from the installer's QR code or a file
     * @param pkcs10 DER, signed by the key made on the device
     * @param software name and version of its program
     */
    public record Question(String token, byte[] pkcs10, String software) {
        public Question {
            pkcs10 = pkcs10.clone();
        }

        @Override
        public byte[] pkcs10() {
            return pkcs10.clone();
        }

        @Override
        public String toString() {
            return "Question[" + software + "]";
        }
    }

    /**
     * What it gets.
     *
     * @param chain the device's certificate, then its authority's
     * @param policyKey signs lists
     * @param commandKey signs commands
     * @param auditKey signs checkpoints of the vault's audit; a device that has none keeps no checkpoint
     */
    public record Granted(
            DeviceAddress address,
            List<X509Certificate> chain,
            Sm2PublicKey policyKey,
            Sm2PublicKey commandKey,
            Optional<Sm2PublicKey> auditKey) {
        public Granted {
            chain = List.copyOf(chain);
        }

        /** From a backend that tells no audit key. */
        public Granted(
                DeviceAddress address, List<X509Certificate> chain, Sm2PublicKey policyKey, Sm2PublicKey commandKey) {
            this(address, chain, policyKey, commandKey, Optional.empty());
        }
    }

    /** Why a device was not enrolled (拒绝注册原因). */
    public enum Refusal implements Coded {
        UNKNOWN_TOKEN(1, "注册码无效", "the token is unknown, spent or expired"),
        BAD_REQUEST(2, "证书请求无效", "the certificate request is not usable"),
        MALFORMED(3, "格式错误", "the question is malformed"),
        FAILED(4, "暂不可用", "the backend or the vault cannot do it now"),
        BUSY(5, "忙", "too many devices at once"),
        NOT_RENEWED(6, "不予续期", "this certificate is not renewed now");

        private final int code;
        private final String chinese;
        private final String english;

        Refusal(int code, String chinese, String english) {
            this.code = code;
            this.chinese = chinese;
            this.english = english;
        }

        @Override
        public int code() {
            return code;
        }

        @Override
        public String chinese() {
            return chinese;
        }

        @Override
        public String english() {
            return english;
        }
    }
}
