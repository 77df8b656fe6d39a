package io.zhitong.keyapi;

/** Why a {@link CryptoModule} does not do what it was asked for (密码模块拒绝原因). */
public enum ModuleRefusal {
    ALGORITHM_NOT_SUPPORTED("模块不支持该算法", "the module has no such algorithm"),
    OPERATION_NOT_SUPPORTED("模块不支持该操作", "the module cannot do this"),
    NO_RIGHT("模块未授权使用该密钥", "the module gives no right to the key"),
    NO_SUCH_KEY("模块中没有该密钥", "the module has no such key"),
    FOREIGN_BLOB("密钥密文不属于本模块", "the wrapped key is not this module's, or was changed"),
    LIBRARY("模块库无法使用", "the module's library cannot be used"),
    DEVICE_LOST("密码设备失联", "the device does not answer"),
    DEVICE_FAILED("密码设备报错", "the device reports an error"),
    WRONG_RESULT("密码设备结果不可信", "the device's answer cannot be right");

    private final String chinese;
    private final String english;

    ModuleRefusal(String chinese, String english) {
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
