package io.zhitong.keyvault;

import io.zhitong.keyvault.store.KeptSection;

/** A section of the operational compartment: one of its notes, by name (运行区分区). */
final class NoteSection implements KeptSection {
    private final Vault vault;
    private final String name;

    NoteSection(Vault vault, String name) {
        this.vault = vault;
        this.name = name;
    }

    @Override
    public byte[] load() {
        return vault.content().note(name).orElse(new byte[0]);
    }

    @Override
    public void save(byte[] encoded) {
        vault.change(content -> content.withNote(name, encoded));
    }
}
