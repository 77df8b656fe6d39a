package io.zhitong.keyvault;

import io.zhitong.keyvault.store.KeptSection;
import java.util.ArrayList;
import java.util.List;

/** A kept section in memory, with every generation it had, and a disk that can fail. */
public final class MemorySection implements KeptSection {
    private final List<byte[]> generations = new ArrayList<>(List.of(new byte[0]));
    private int failingSaves;

    @Override
    public byte[] load() {
        return generations.get(generations.size() - 1).clone();
    }

    @Override
    public void save(byte[] encoded) {
        if (failingSaves > 0) {
            failingSaves--;
            throw new VaultException(VaultFault.FILE, "planted");
        }
        generations.add(encoded.clone());
    }

    /** Makes the next writes fail. */
    public void fail(int saves) {
        failingSaves = saves;
    }

    public List<byte[]> generations() {
        return generations;
    }
}
