package io.zhitong.keyvault.module.qualify;

import java.util.Locale;
import java.util.function.Consumer;

/** The checks of a library, in the order in which they run (检查项目). */
enum SdfCheck {
    FUNCTIONS("函数齐全", "every function is there", DeviceChecks::functions),
    DEVICE_INFO("设备信息", "device information and abilities", DeviceChecks::info),
    RANDOM("随机数", "random numbers", DeviceChecks::random),
    ACCESS_RIGHT("私钥使用权限", "right to private keys", DeviceChecks::accessRight),
    SESSIONS("会话", "sessions, and use after their end", SessionChecks::sessions),
    KEYS_END_WITH_SESSION("密钥随会话销毁", "keys end with their session", SessionChecks::keysEnd),
    ENDURANCE("长会话", "one session serves 500 calls", SessionChecks::endurance),
    PUBLIC_KEYS("公钥导出与对齐", "public keys, alignment, on the curve", PairChecks::publicKeys),
    SIGN("内部签名", "signatures by internal keys", PairChecks::sign),
    INTERNAL_VERIFY("内部验签", "verification by internal keys", PairChecks::internalVerify),
    EXTERNAL_VERIFY("外部验签", "verification by external keys", PairChecks::externalVerify),
    SM3("SM3 杂凑", "SM3", HashChecks::sm3),
    SM3_WITH_Z("带 Z 值的 SM3", "SM3 with identity and public key", HashChecks::withZ),
    SM3_STEPS("SM3 步骤错误", "SM3 steps in the wrong order", HashChecks::steps),
    ENVELOPE("数字信封", "keys in SM2 envelopes", KeyChecks::envelope),
    KEK("密钥加密密钥", "keys under the key encryption key", KeyChecks::kek),
    DESTROY("销毁密钥", "destroyed keys", KeyChecks::destroy),
    ECB("SM4-ECB", "SM4-ECB", CipherChecks::ecb),
    PADDING("不填充、不接受非整块", "no padding, whole blocks only", CipherChecks::padding),
    CBC("SM4-CBC", "SM4-CBC", CipherChecks::cbc),
    IV_WRITE_BACK("IV 回写", "the next IV is written back", CipherChecks::ivWriteBack),
    MAC("SM4-MAC", "SM4-MAC", CipherChecks::mac),
    ERROR_CODES("对称算法错误码", "error codes of symmetric calls", CipherChecks::errorCodes),
    CONCURRENCY("并发", "eight threads with a session each", SessionChecks::concurrency),
    REOPEN("会话丢失后重开", "the vault's module after lost sessions", SessionChecks::reopen);

    private final String chinese;
    private final String english;
    private final Consumer<Probe> work;

    SdfCheck(String chinese, String english, Consumer<Probe> work) {
        this.chinese = chinese;
        this.english = english;
        this.work = work;
    }

    /** Its name in reports. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String chinese() {
        return chinese;
    }

    String english() {
        return english;
    }

    /** Runs it; whatever goes wrong is a finding of the probe. */
    void run(Probe probe) {
        try (probe) {
            work.accept(probe);
        } catch (Probe.Stop e) {
            // The finding that stopped it is kept.
        } catch (RuntimeException | UnsatisfiedLinkError e) {
            probe.deviation("the check runs to its end", e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }
}
