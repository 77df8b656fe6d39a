package io.zhitong.backend.vault;

/** Tells the vault what is known of it, and keeps what it tells (密钥库见证). */
interface Witness {
    void speak();
}
