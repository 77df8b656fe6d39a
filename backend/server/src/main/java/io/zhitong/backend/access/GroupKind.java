package io.zhitong.backend.access;

/** Who belongs to a group (人员组). */
public enum GroupKind {
    /** 住户: every person with a residence in the community today. */
    RESIDENTS
}
