package io.zhitong.backend.identity;

/** How far a user's account may be used (账号状态). */
public enum AccountState {
    /** 正常. */
    OPEN,
    /** An administrator chose the password (初始密码): the user changes it before anything else. */
    GIVEN,
    /** 停用: no log-in; an administrator opens it again with a new given password. */
    DISABLED
}
