package io.zhitong.edge;

/** Why a bundle is not installed (拒绝升级原因). */
public enum UpdateRefusal {
    MALFORMED("升级清单格式错误", "the manifest is not one of ours"),
    FOREIGN("非本小区升级包", "the bundle is for another community"),
    ARCHITECTURE("处理器架构不符", "the bundle is for another architecture"),
    SIGNATURE("签名错误", "the policy key this device was enrolled with did not sign the manifest"),
    NOT_NEWER("版本不高于现有", "the version does not exceed the running one"),
    BUNDLE("升级包不符", "the bundle is not the one of the manifest"),
    BUSY("正在试运行", "another update is being tried");

    private final String chinese;
    private final String english;

    UpdateRefusal(String chinese, String english) {
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
