package io.zhitong.machinetls;

/** Why a machine certificate, request, key file or connection could not be used (机器证书错误). */
public enum MachineTlsError {
    BAD_NAME("机器名不合规", "bad machine name"),
    BAD_REQUEST("证书请求不合规", "bad certificate request"),
    WRONG_PROFILE("密码轮廓不符", "wrong cryptographic profile"),
    BAD_FILE("文件不可读或内容不符", "unreadable or wrong file"),
    OPEN_KEY_FILE("私钥文件权限过宽", "key file readable by others"),
    KEY_MISMATCH("私钥与证书不符", "key does not belong to the certificate"),
    PROVIDER("密码组件失败", "cryptographic provider failed");

    private final String chinese;
    private final String english;

    MachineTlsError(String chinese, String english) {
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
