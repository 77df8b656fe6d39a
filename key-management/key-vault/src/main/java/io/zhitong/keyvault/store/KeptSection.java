package io.zhitong.keyvault.store;

/** A part of the vault's kept content that one component encodes by itself (存储分区). Not thread-safe by itself. */
public interface KeptSection {
    /** What was kept last; empty at first. The caller wipes it. */
    byte[] load();

    /** Keeps it; when it returns it survives a power cut, and before that the old one does. */
    void save(byte[] encoded);
}
