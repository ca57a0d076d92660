//! A PostgreSQL server of one story's own, durable, which is killed and started again.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::{binaries, free_port};

/// One server; it ends, and its files go, when this is dropped or when this process ends.
pub(crate) struct Cluster {
    port: u16,
    folder: PathBuf,
    keeper: Child,
    orders: Option<ChildStdin>,
    done: BufReader<ChildStdout>,
}

impl Cluster {
    pub(crate) fn start() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("relais-cluster-")
            .tempdir()
            .expect("a temporary folder")
            .keep();
        let port = free_port();
        let arguments =
            [OsString::from(binaries()), folder.clone().into(), port.to_string().into()];
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER, "sh"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let orders = keeper.stdin.take();
        let done = BufReader::new(keeper.stdout.take().expect("its output"));
        let mut cluster = Self { port, folder, keeper, orders, done };
        cluster.start_again();
        cluster
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Ends the server without giving it time for anything; at its next start it recovers from its
    /// log.
    pub(crate) fn kill(&mut self) {
        self.order("stop");
    }

    /// Starts it and waits until it takes connections.
    pub(crate) fn start_again(&mut self) {
        self.order("start");
    }

    /// Makes it speak TLS from now on; says where its certificate lies.
    pub(crate) fn speak_tls(&mut self) -> PathBuf {
        self.order("tls");
        self.folder.join("data").join("server.crt")
    }

    fn order(&mut self, word: &str) {
        let orders = self.orders.as_mut().expect("the keeper");
        writeln!(orders, "{word}").and_then(|()| orders.flush()).expect("an order");
        let mut told = String::new();
        self.done.read_line(&mut told).expect("the keeper's word");
        assert_eq!(told.trim(), "0", "PostgreSQL did not {word}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.orders.take());
        let _ = self.keeper.wait();
    }
}

/// Does one order a line as an unprivileged user, and says how it ended. With its input ends the
/// server.
const KEEPER: &str = r#"
bin=$1 dir=$2 port=$3
if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; as() { setpriv --reuid postgres --regid postgres --clear-groups "$@"; }
else as() { "$@"; }; fi
cd "$dir"
quiet() { as "$@" >/dev/null 2>&1 </dev/null; }
quiet "$bin/initdb" -D "$dir/data" -U postgres -A trust -N --locale=C.UTF-8
while read -r word; do
  case $word in
    start) quiet "$bin/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/log" \
      -o "-p $port -k $dir -c listen_addresses=127.0.0.1 -c max_connections=60" start ;;
    tls) printf '[req]\ndistinguished_name=dn\n[dn]\n[ext]\nbasicConstraints=critical,CA:FALSE\nsubjectAltName=IP:127.0.0.1\n' |
        as tee "$dir/ext" >/dev/null &&
      quiet openssl req -x509 -config "$dir/ext" -extensions ext -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -days 2 -subj /CN=127.0.0.1 -keyout "$dir/data/server.key" -out "$dir/data/server.crt" &&
      echo "ssl = on" | as tee -a "$dir/data/postgresql.conf" >/dev/null &&
      chmod a+rx "$dir" "$dir/data" && quiet "$bin/pg_ctl" -D "$dir/data" reload ;;
    stop) quiet "$bin/pg_ctl" -D "$dir/data" -w -t 60 -m immediate stop ;;
  esac
  echo $?
done
quiet "$bin/pg_ctl" -D "$dir/data" -m immediate stop
rm -rf "$dir"
"#;
