// Another client of tools/demo, in Wine's own HTTP client: cscript demo-xmlhttp.js PORT NAME OUT
//
// Gets the text /NAME from the server and writes it to the file OUT.

var request = new ActiveXObject( "MSXML2.XMLHTTP" );
var files = new ActiveXObject( "Scripting.FileSystemObject" );
var output;

request.open( "GET", "http://127.0.0.1:" + WScript.Arguments( 0 ) + "/" + WScript.Arguments( 1 ), false );
request.send();
if (request.status != 200) WScript.Quit( 1 );

output = files.CreateTextFile( WScript.Arguments( 2 ), true );
output.Write( request.responseText );
output.Close();
