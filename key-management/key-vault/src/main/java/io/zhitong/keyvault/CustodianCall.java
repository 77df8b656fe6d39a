package io.zhitong.keyvault;

import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** A command that one custodian gives with his PIN (保管人命令). */
abstract class CustodianCall extends ServedCall {
    @Option(names = "--custodian", required = true, paramLabel = "N", description = "the custodian's number 保管人序号")
    private int custodian;

    @Override
    final void run(KeyAdministration vault, SecretSource secret, PrintWriter out) throws IOException {
        before(vault, out);
        out.flush();
        try (SecretBytes pin = secret.ask("PIN of custodian " + custodian + " 保管人口令: ")) {
            run(vault, new Signed(custodian, pin, secret), out);
        }
    }

    /** What a custodian sees before the PIN is asked for. */
    void before(KeyAdministration vault, PrintWriter out) {
        assert out != null && vault != null;
    }

    /**
     * Who acts.
     *
     * @param more where further secrets are read
     */
    record Signed(int custodian, SecretBytes pin, SecretSource more) {}

    abstract void run(KeyAdministration vault, Signed by, PrintWriter out) throws IOException;
}
