package io.zhitong.keyvault;

import io.zhitong.keyvault.quorum.Share;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Shares in files, one each (分量文件). */
final class ShareFiles {
    private static final int MOST = 1024;

    private ShareFiles() {}

    static Share read(Path file) {
        try {
            if (Files.size(file) > MOST) {
                throw new VaultException(VaultFault.BAD_SHARE, file + " is too large for a share");
            }
            return Share.parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "cannot read " + file, e);
        }
    }

    /** All of them, or none; the caller closes them. */
    static List<Share> read(List<Path> files) {
        List<Share> shares = new ArrayList<>();
        try {
            files.forEach(file -> shares.add(read(file)));
            return List.copyOf(shares);
        } catch (VaultException e) {
            shares.forEach(Share::close);
            throw e;
        }
    }

    static List<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "cannot list " + folder, e);
        }
    }
}
