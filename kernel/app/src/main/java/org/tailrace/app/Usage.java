package org.tailrace.app;

/** The text of {@code help}. */
final class Usage {

    static final String TEXT = """
            Tailrace: a Jupyter kernel for Java with a streaming engine inside

            usage: java -jar tailrace.jar COMMAND

              run NOTEBOOK [options]       execute a notebook, without Jupyter
                -o FILE                    write it executed, as .ipynb or .html; may be repeated
                --param NAME=VALUE         set a parameter, as papermill does; may be repeated
                --timeout SECONDS          how long a cell may run, and how long queries may take to end
                --live-for SECONDS         how long unbounded queries go on after the last cell (5)
                --allow-errors             run on after a cell that fails, and exit with 0

              check NOTEBOOK               execute a saved notebook again and compare what its replays come to; exit
                                           code 1 if anything differs

              install [options]            make the kernel known to Jupyter
                --user                     for this user (default)
                --prefix DIR               below DIR/share/jupyter
                --name NAME                the kernel's name (tailrace)
                --light                    start faster in less memory, and run long queries more slowly
              uninstall [options]          undo it; --user, --prefix and --name as above

              checkpoint DIR               print what is inside a query's checkpoint and check every record; exit
                                           code 1 if anything is damaged

              kernel CONNECTION_FILE       what Jupyter starts
                --allow-unsigned           take messages without a key, which anyone on the machine can send
              version                      print the version
              help                         print this
            """;

    private Usage() {}
}
