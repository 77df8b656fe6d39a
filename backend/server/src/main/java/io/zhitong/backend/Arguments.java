package io.zhitong.backend;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of the backend: a few words of ours, and any {@code --zhitong.…=…} as it is.
 *
 * @param springArguments what Spring is started with
 * @param answer printed instead of starting
 */
record Arguments(String[] springArguments, Optional<Answer> answer) {
    private static final Map<String, String> WITH_VALUE = Map.of(
            "--data", "zhitong.data",
            "--port", "zhitong.port",
            "--db", "zhitong.database.kind",
            "--mode", "zhitong.mode",
            "--role", "zhitong.roles");
    private static final String HELP = """
            usage: Zhitong [--data DIR] [--port N] [--db h2|pg] [--mode demo|normal|production] [--role R,R]
                           [--zhitong.NAME=VALUE]...
              --data DIR   where everything is kept (default data)
              --port N     of the console (default 8080); link N+1, enrolment N+2, vault N+3, card world N+5
              --db h2|pg   H2 file for trying out, or the embedded PostgreSQL (default h2)
              --mode M     demo: demo estate and fixed log-ins; production: refuses H2 (default normal)
              --role R,R   what this process does: console, gateway, worker (default all); without console only /health
              --help, --version
            exit codes: 0 stopped on request, 1 could not start, 2 wrong arguments""";

    static Arguments parse(String[] given) {
        List<String> spring = new ArrayList<>();
        Iterator<String> words = List.of(given).iterator();
        while (words.hasNext()) {
            String word = words.next();
            if (word.equals("--help")) {
                return stop(new Answer(HELP, 0));
            } else if (word.equals("--version")) {
                return stop(new Answer("zhitong backend 0.1.0", 0));
            } else if (WITH_VALUE.containsKey(word) && words.hasNext()) {
                spring.add("--" + WITH_VALUE.get(word) + "=" + words.next());
            } else if (word.matches("--(zhitong|server|logging)\\.[a-zA-Z0-9.-]+=.*")) {
                spring.add(word);
            } else {
                return stop(new Answer("unknown or incomplete argument: " + word + "\n" + HELP, 2));
            }
        }
        return new Arguments(spring.toArray(String[]::new), Optional.empty());
    }

    private static Arguments stop(Answer answer) {
        return new Arguments(new String[0], Optional.of(answer));
    }

    /**
     * @param text to standard output, or to standard error when the exit code is not 0
     */
    record Answer(String text, int exitCode) {
        void print() {
            PrintStream stream = exitCode == 0 ? System.out : System.err;
            stream.println(text);
        }
    }
}
