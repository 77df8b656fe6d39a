package io.zhitong.edge;

import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.UpdateOrder;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.ImageSink;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The update that the backend ordered (后台升级): the order and what was fetched of its bundle lie in {@code DATA/update}, so that a power
 * cut costs a mebibyte at most; the whole bundle goes to the slots and the launcher. Thread-safe.
 */
final class Updates implements ImageSink, CommandAction {

    static final String PART = "update";
    private static final Logger LOG = LoggerFactory.getLogger(Updates.class);
    /** What was fetched is forced to the disk in steps of this size. */
    private static final long STEP = 1 << 20;

    private final Path folder;
    private final Path bundle;
    private final UpdateSlots slots;
    private final Health health;
    private final Executor installing;
    private Optional<UpdateOrder> order = Optional.empty();
    private boolean unpacking;

    /** @param installing where a whole bundle is checked and unpacked, which takes a while */
    Updates(Path data, UpdateSlots slots, Health health, Executor installing) {
        this.folder = data.resolve("update");
        this.bundle = folder.resolve("bundle.part");
        this.slots = slots;
        this.health = health;
        this.installing = installing;
        try {
            Files.createDirectories(folder);
            order = written();
            if (Files.exists(bundle)) {
                // What lies behind the last step may not have reached the disk.
                truncate(Files.size(bundle) / STEP * STEP);
            }
        } catch (IOException e) {
            throw new EdgeException(EdgeFault.IO, "cannot read " + folder, e);
        }
    }

    private Optional<UpdateOrder> written() throws IOException {
        Path file = folder.resolve("order");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    UpdateOrder.decode(Hex.parse(Files.readString(file).strip())));
        } catch (ModelException | MalformedInput e) {
            LOG.warn("an order of an update cannot be read and is forgotten");
            return Optional.empty();
        }
    }

    private void truncate(long size) throws IOException {
        try (FileChannel channel = FileChannel.open(bundle, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    @Override
    public synchronized void carryOut(CommandOrder command, Consumer<CommandAnswer> answers) {
        CommandAnswer answer;
        try {
            take(UpdateOrder.decode(command.args().toByteArray()));
            answer = CommandAnswer.of(command, CommandAnswer.Stage.EXECUTED);
        } catch (ModelException e) {
            answer = CommandAnswer.refused(command, CommandRefusal.MALFORMED);
        } catch (UpdateRefusedException e) {
            LOG.warn("ordered update refused: {}", e.getMessage());
            CommandRefusal refusal = e.reason() == UpdateRefusal.BUSY ? CommandRefusal.BUSY : CommandRefusal.FAILED;
            answer = new CommandAnswer(
                    command.idempotencyKey(),
                    CommandAnswer.Stage.REFUSED,
                    refusal,
                    e.reason().chinese());
        } catch (IOException e) {
            LOG.error("an order of an update cannot be kept", e);
            answer = CommandAnswer.refused(command, CommandRefusal.FAILED);
        }
        answers.accept(answer);
    }

    /** An order for what is being fetched already changes nothing. */
    private void take(UpdateOrder wanted) throws IOException {
        slots.check(wanted);
        if (unpacking) {
            throw new UpdateRefusedException(UpdateRefusal.BUSY);
        }
        if (order.filter(wanted::equals).isPresent()) {
            return;
        }
        Durable.delete(bundle);
        Durable.write(folder.resolve("order"), Hex.of(wanted.encode()) + "\n");
        order = Optional.of(wanted);
        health.working(PART);
        LOG.info("update {} is fetched", wanted.manifest().version());
    }

    @Override
    public synchronized Optional<Wanted> wanted() {
        return order.map(wanted -> new Wanted(
                wanted.manifest().bundle(),
                wanted.manifest().size(),
                Math.min(held(), wanted.manifest().size() - 1)));
    }

    private long held() {
        try {
            return Files.exists(bundle) ? Files.size(bundle) : 0;
        } catch (IOException e) {
            throw new EdgeException(EdgeFault.IO, "cannot read " + bundle, e);
        }
    }

    @Override
    public synchronized void append(Wanted wanted, long from, byte[] data) {
        Optional<UpdateOrder> own = order.filter(each -> is(each, wanted.bundle()));
        if (own.isEmpty()) {
            return;
        }
        long reached = from + data.length;
        try (FileChannel out = FileChannel.open(bundle, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(data);
            while (bytes.hasRemaining()) {
                out.write(bytes, from + bytes.position());
            }
            if (reached / STEP > from / STEP || reached == wanted.size()) {
                out.force(true);
            }
        } catch (IOException e) {
            failed(own.get(), "cannot be stored", e);
            return;
        }
        if (reached == wanted.size()) {
            forget();
            unpacking = true;
            installing.execute(() -> install(own.get()));
        }
    }

    private static boolean is(UpdateOrder order, Hash bundle) {
        return order.manifest().bundle().equals(bundle);
    }

    /** From here on the launcher's files say how far it is; an update that a power cut loses is ordered again. */
    private void install(UpdateOrder whole) {
        try {
            slots.install(whole, bundle);
            health.working(PART);
        } catch (UpdateRefusedException | EdgeException e) {
            failed(whole, String.valueOf(e.getMessage()), e);
        } finally {
            drop();
        }
    }

    private void failed(UpdateOrder of, String why, Exception cause) {
        LOG.error("update {} failed", of.manifest().version(), cause);
        health.broken(PART, of.manifest().version() + " " + why);
        forget();
    }

    private synchronized void forget() {
        order = Optional.empty();
        try {
            Durable.delete(folder.resolve("order"));
        } catch (IOException e) {
            LOG.error("an order of an update cannot be forgotten", e);
        }
    }

    private synchronized void drop() {
        unpacking = false;
        try {
            Durable.delete(bundle);
        } catch (IOException e) {
            LOG.warn("a bundle stays on the disk", e);
        }
    }
}
