package io.zhitong.zt.keycard;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.keyapi.CustodyEntry;
import io.zhitong.keyapi.CustodyItem;
import io.zhitong.keyapi.CustodyKind;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.SamBinding;
import io.zhitong.keyvault.VaultAccess;
import io.zhitong.smcrypto.Hex;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who gets what was made (登记选项); the vault's register has it afterwards. */
final class RegisterOptions {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "folder of the served vault 数据目录")
    private Path data = Path.of("vault");

    @Option(names = "--holder", required = true, paramLabel = "NAME", description = "who has it 保管者")
    private String holder = "";

    @Option(names = "--place", required = true, paramLabel = "PLACE", description = "where it lies 存放处")
    private String place = "";

    Path data() {
        return data;
    }

    /** A module that was lost or destroyed is issued to nobody, even if it is found. */
    void refuseGone(KeyAdministration vault, byte[] serial) {
        String number = Hex.of(serial).toUpperCase(Locale.ROOT);
        boolean gone = vault.register().items().stream()
                .anyMatch(item ->
                        item.entry().serial().equals(number) && !item.state().there());
        if (gone) {
            throw new CommandFailure(ExitStatus.CHECK_FAILED, "the register has it as lost or destroyed 已遗失或已销毁");
        }
    }

    void enter(
            PrintWriter out,
            KeyAdministration vault,
            CustodyKind kind,
            byte[] serial,
            String about,
            Optional<SamBinding> sam) {
        String number = Hex.of(serial).toUpperCase(Locale.ROOT);
        CustodyItem item = vault.register().enter(new CustodyEntry(kind, number, about, holder, place, sam));
        out.println("register 登记: " + item.number() + " " + item.entry().holder());
    }

    void enter(PrintWriter out, CustodyKind kind, byte[] serial, String about) {
        try (KeyAdministration vault = VaultAccess.people(data)) {
            enter(out, vault, kind, serial, about, Optional.empty());
        }
    }
}
