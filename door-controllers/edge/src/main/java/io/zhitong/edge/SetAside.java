package io.zhitong.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a store that SQLite calls damaged (损坏的数据库): a door that does not start frees nobody when it burns, so the file gets
 * another name, for whoever wants to look, and an empty one is begun.
 */
final class SetAside {

    private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);
    /** Files kept of one store; the last gives way. */
    static final int MOST = 3;

    private SetAside() {}

    /**
     * Opens a store, anew if its file is damaged.
     *
     * @param afterwards makes the result of what was opened and of the file that was set aside
     * @throws EdgeException what opening throws, when it is not DAMAGED; IO when the file cannot be renamed
     */
    static <T> T opened(Path file, Supplier<T> opener, BiFunction<T, Path, T> afterwards) {
        try {
            return opener.get();
        } catch (EdgeException e) {
            if (e.fault() != EdgeFault.DAMAGED) {
                throw e;
            }
            Path aside = aside(file);
            LOG.error("{} is damaged and was set aside as {}: begun anew", file, aside.getFileName(), e);
            return afterwards.apply(opener.get(), aside);
        }
    }

    /** With what SQLite keeps beside it. */
    private static Path aside(Path file) {
        int number = 1;
        while (number < MOST && Files.exists(named(file, number))) {
            number++;
        }
        Path aside = named(file, number);
        try {
            for (String part : new String[] {"-wal", "-shm", ""}) {
                Path from = file.resolveSibling(file.getFileName() + part);
                Path to = aside.resolveSibling(aside.getFileName() + part);
                Files.deleteIfExists(to);
                if (Files.exists(from)) {
                    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            Durable.folder(aside);
            return aside;
        } catch (IOException e) {
            throw new EdgeException(EdgeFault.IO, "cannot set the damaged file aside: " + file, e);
        }
    }

    static Path named(Path file, int number) {
        return file.resolveSibling(file.getFileName() + ".damaged-" + number);
    }
}
