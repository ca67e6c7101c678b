// One TLS server of Go's crypto/tls for each argument, for run.sh:
//
//	server DIR NAME[,cert=C][,group=G][,client=optional|required]
//	    [,tickets=0][,mode=http|abrupt][,alpn=P] ...
//
// Prints "NAME PORT" for each and echoes; ends by itself after three minutes.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func echo(raw net.Conn, conf *tls.Config, mode string) {
	conn := tls.Server(raw, conf)
	defer conn.Close()
	if conn.Handshake() != nil {
		return
	}
	if mode == "abrupt" {
		conn.Write([]byte("half a sen"))
		raw.Close()
		return
	}
	io.Copy(conn, conn)
}

func main() {
	dir := os.Args[1]
	pem, err := os.ReadFile(dir + "/root.pem")
	check(err)
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	for _, spec := range os.Args[2:] {
		words := strings.Split(spec, ",")
		set := map[string]string{"cert": "p256"}
		for _, word := range words[1:] {
			k, v, _ := strings.Cut(word, "=")
			set[k] = v
		}
		base := dir + "/" + set["cert"]
		cert, err := tls.LoadX509KeyPair(base+".chain.pem", base+".key")
		check(err)
		conf := &tls.Config{
			Certificates:           []tls.Certificate{cert},
			MinVersion:             tls.VersionTLS13,
			ClientCAs:              pool,
			SessionTicketsDisabled: set["tickets"] == "0",
		}
		switch set["group"] {
		case "x25519":
			conf.CurvePreferences = []tls.CurveID{tls.X25519}
		case "p256":
			conf.CurvePreferences = []tls.CurveID{tls.CurveP256}
		}
		switch set["client"] {
		case "optional":
			conf.ClientAuth = tls.VerifyClientCertIfGiven
		case "required":
			conf.ClientAuth = tls.RequireAndVerifyClientCert
		}
		if set["alpn"] != "" {
			conf.NextProtos = []string{set["alpn"]}
		}
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		check(err)
		fmt.Println(words[0], listener.Addr().(*net.TCPAddr).Port)
		if set["mode"] == "http" {
			handler := func(w http.ResponseWriter, r *http.Request) {
				text, _ := io.ReadAll(r.Body)
				w.Header().Set("Content-Length",
					fmt.Sprint(len(text)))
				w.Write(text)
			}
			server := &http.Server{
				Handler:   http.HandlerFunc(handler),
				TLSConfig: conf,
			}
			go server.ServeTLS(listener, "", "")
			continue
		}
		go func(mode string) {
			for {
				raw, err := listener.Accept()
				check(err)
				go echo(raw, conf, mode)
			}
		}(set["mode"])
	}
	fmt.Println("ready 0")
	time.Sleep(3 * time.Minute)
}
