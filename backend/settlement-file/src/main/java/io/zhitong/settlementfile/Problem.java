package io.zhitong.settlementfile;

/** What can be wrong with a settlement file (错误原因). */
public enum Problem {
    NAME("文件名不符合 TYPE_SENDER_YYYYMMDD_SEQ_VER", "the file name is not TYPE_SENDER_YYYYMMDD_SEQ_VER"),
    RENAMED("文件名与文件头不一致", "the file was renamed: its name does not agree with its header"),
    EMPTY("文件为空", "the file is empty"),
    TOO_LARGE("文件过大", "the file is too large"),
    TRUNCATED("文件不完整", "the file is truncated"),
    HEADER_EXPECTED("缺少文件头", "the first line is not the header"),
    LINE_KIND("行类型不对", "a line of this kind cannot stand here"),
    AFTER_TRAILER("文件尾之后还有内容", "something stands after the trailer"),
    FORM("行格式不对", "the line is not of the published form"),
    CHANGED("内容被改动", "the content was changed"),
    CHANGED_LINE("该行被改动", "the line was changed in several places or taken from elsewhere"),
    REORDERED("记录顺序被打乱", "records are out of order"),
    MISSING("缺少记录", "records are missing"),
    DUPLICATE("记录重复", "a record stands twice"),
    TOTAL("合计不符", "a total does not agree with the records"),
    DIGEST("SM3 摘要不符", "the SM3 value in the trailer is not that of the lines before it"),
    KEY_ID("签名密钥与文件头不符", "the public key is not the one the header names"),
    SIGNATURE_FORM("签名不是 DER 编码的 SM2 签名", "the signature file is not a DER-encoded SM2 signature"),
    SIGNATURE("签名与文件不符", "the signature does not belong to these bytes and this key");

    private final String chinese;
    private final String english;

    Problem(String chinese, String english) {
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
