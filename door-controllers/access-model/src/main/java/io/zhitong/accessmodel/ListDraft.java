package io.zhitong.accessmodel;

/** A list before it is signed (待签名单). */
public record ListDraft(ListTarget target, MerkleTree tree) {}
