package io.zhitong.keyvault.module.sdf;

import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleRefusal;
import java.util.Locale;

/** What a function of GM/T 0018 answers (错误代码定义). */
public enum SdfCode {
    OK(0x0000_0000, ModuleRefusal.DEVICE_FAILED, "成功", "success"),
    UNKNOWN_ERROR(0x0100_0001, ModuleRefusal.DEVICE_FAILED, "未知错误", "unknown error"),
    NOT_SUPPORTED(0x0100_0002, ModuleRefusal.OPERATION_NOT_SUPPORTED, "不支持的接口", "function not supported"),
    COMMUNICATION(0x0100_0003, ModuleRefusal.DEVICE_LOST, "与设备通信失败", "no communication with the device"),
    HARDWARE(0x0100_0004, ModuleRefusal.DEVICE_LOST, "运算模块无响应", "the computing module does not respond"),
    OPEN_DEVICE(0x0100_0005, ModuleRefusal.DEVICE_LOST, "打开设备失败", "device does not open"),
    OPEN_SESSION(0x0100_0006, ModuleRefusal.DEVICE_LOST, "创建会话失败", "session does not open"),
    NO_RIGHT(0x0100_0007, ModuleRefusal.NO_RIGHT, "无私钥使用权限", "no right to the private key"),
    NO_KEY(0x0100_0008, ModuleRefusal.NO_SUCH_KEY, "不存在的密钥", "no such key"),
    ALGORITHM(0x0100_0009, ModuleRefusal.ALGORITHM_NOT_SUPPORTED, "不支持的算法", "algorithm not supported"),
    MODE(0x0100_000A, ModuleRefusal.ALGORITHM_NOT_SUPPORTED, "不支持的算法模式", "mode not supported"),
    PUBLIC_KEY_OPERATION(0x0100_000B, ModuleRefusal.DEVICE_FAILED, "公钥运算失败", "public key operation failed"),
    PRIVATE_KEY_OPERATION(0x0100_000C, ModuleRefusal.DEVICE_FAILED, "私钥运算失败", "private key operation failed"),
    SIGN(0x0100_000D, ModuleRefusal.DEVICE_FAILED, "签名运算失败", "signing failed"),
    VERIFY(0x0100_000E, ModuleRefusal.DEVICE_FAILED, "验证签名失败", "the signature does not verify"),
    SYMMETRIC(0x0100_000F, ModuleRefusal.DEVICE_FAILED, "对称算法运算失败", "symmetric operation failed"),
    STEP(0x0100_0010, ModuleRefusal.DEVICE_FAILED, "多步运算步骤错误", "steps in the wrong order"),
    KEY_TYPE(0x0100_0014, ModuleRefusal.DEVICE_FAILED, "密钥类型错误", "wrong type of key"),
    KEY(0x0100_0015, ModuleRefusal.DEVICE_FAILED, "密钥错误", "wrong key"),
    RANDOM(0x0100_0017, ModuleRefusal.DEVICE_FAILED, "随机数产生失败", "random numbers failed"),
    PRIVATE_RIGHT(0x0100_0018, ModuleRefusal.NO_RIGHT, "私钥使用权限获取失败", "the right to the private key was not given"),
    MAC(0x0100_0019, ModuleRefusal.DEVICE_FAILED, "MAC 运算失败", "MAC failed"),
    NO_BUFFER(0x0100_001C, ModuleRefusal.DEVICE_FAILED, "内存空间不足", "out of memory"),
    ARGUMENT(0x0100_001D, ModuleRefusal.DEVICE_FAILED, "输入参数错误", "wrong argument"),
    OUTPUT(0x0100_001E, ModuleRefusal.DEVICE_FAILED, "输出参数错误", "wrong output argument"),
    /** Any other number, as vendors add them. */
    VENDOR(-1, ModuleRefusal.DEVICE_FAILED, "厂商自定义错误", "the vendor's own code");

    private final int code;
    private final ModuleRefusal refusal;
    private final String chinese;
    private final String english;

    SdfCode(int code, ModuleRefusal refusal, String chinese, String english) {
        this.code = code;
        this.refusal = refusal;
        this.chinese = chinese;
        this.english = english;
    }

    /** What a number stands for. */
    public static SdfCode of(int code) {
        for (SdfCode each : values()) {
            if (each.code == code) {
                return each;
            }
        }
        return VENDOR;
    }

    /** {@code 01000008 不存在的密钥 no such key}. */
    public static String words(int code) {
        SdfCode known = of(code);
        return String.format(Locale.ROOT, "%08X %s %s", code, known.chinese, known.english);
    }

    /** Throws the reason unless the code is 0. */
    public static void check(String function, int code) {
        if (code != OK.code) {
            throw new ModuleException(of(code).refusal, function + " answers " + words(code));
        }
    }

    /** The number itself. */
    public int code() {
        return code;
    }
}
