package io.zhitong.settlementfile;

/** What a settlement file carries (文件类型): the first two letters of its name. */
public enum FileType {
    /** Purchases sent up for settlement. */
    TX("消费上传", "purchases for settlement");

    private final String chinese;
    private final String english;

    FileType(String chinese, String english) {
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
