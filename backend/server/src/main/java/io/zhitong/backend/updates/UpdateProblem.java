package io.zhitong.backend.updates;

/** Why an update goes no further (升级未受理的原因). */
public enum UpdateProblem {
    NO_IMAGE("不是升级包：应为 zip，内有 bin/controller 与 version", "no bundle: expected a zip with bin/controller and version"),
    KNOWN("这个升级包已上传", "this bundle is here already"),
    GONE("没有这个升级包，或它已不在这一步", "there is no such bundle, or it is no longer at this step"),
    OWN_UPLOAD("须由上传者以外的人批准", "somebody else than the uploader must approve it"),
    RUNNING("同一架构已有升级在进行", "another update of this architecture is under way"),
    NO_DEVICES("首批设备须为该架构、由启动器运行的控制器", "the first devices must run under a launcher, of this architecture"),
    VAULT("密钥库现在不能签名", "the vault cannot sign now");

    private final String chinese;
    private final String english;

    UpdateProblem(String chinese, String english) {
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
