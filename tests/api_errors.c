/*
 * What each function does with bad arguments
 *
 * Copyright 2026 the winelsp authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#include "util.h"
#include "api_errors.h"

/* Calls each function of the module with good and bad arguments: what a function takes is a letter for each argument,
 * and a letter stands for the values below. The first value of each is a good one; a call has one bad argument, and
 * functions of sockets get each bad argument with each kind of socket.
 *
 * "tests api_errors print" prints a line for each call, and does not judge: api-errors.sh compares what Wine's own
 * Winsock says with what ours does. Without an argument, the unit looks that the table has every export, and that all
 * calls return. */

#define ARG_MAX  12
#define AREA     1024
#define FILL     0xcc
#define KEPT     0xdeadbeef

/* How a value is made. */
enum value_kind
{
    NUMBER,
    MEMORY,     /* a pointer to a copy of data, with FILL behind */
    SOCKET_TCP,
    SOCKET_UDP,
    EVENT,
    BUFFERS,    /* one WSABUF, for 4 bytes */
    SOCKET_SET, /* with the socket of the call, or with a number, which is none */
    POLL_FDS,
    EVENTS,
    PROCESS,
};

struct value
{
    const char *name;
    enum value_kind kind;
    ULONG_PTR number;
    const void *data;
    unsigned int size;
};

#define NUM( n )            { #n, NUMBER, (ULONG_PTR)(n), NULL, 0 }
#define NAMED( name, n )    { name, NUMBER, (ULONG_PTR)(n), NULL, 0 }
#define DATA( name, var )   { name, MEMORY, 0, &var, sizeof(var) }
#define STR( text )         { #text, MEMORY, 0, text, sizeof(text) }
#define OF_KIND( name, k )  { name, k, 0, NULL, 0 }

static const struct sockaddr_in addr_inet = {AF_INET, 0x0100, {{{127, 0, 0, 1}}}, {0}};   /* port 1 */
static const struct sockaddr_in addr_family = {0x1234, 0x0100, {{{127, 0, 0, 1}}}, {0}};
static const struct sockaddr_in6 addr_inet6 = {.sin6_family = AF_INET6, .sin6_port = 0x0100};
static const char zeros[256];
static const int len_0 = 0, len_4 = 4, len_256 = 256, all_bits = -1;
static const struct timeval time_0 = {0, 0}, time_negative = {-1, 0};
static const GUID guid = {0x5c8a1f2e, 0x3b0d, 0x4e71, {0x9a, 0x46, 0x12, 0x7d, 0xc0, 0x55, 0xe3, 0x08}};
static const GUID guid_connect_ex = WSAID_CONNECTEX;
static const struct addrinfo hints_good = {0, AF_INET, SOCK_STREAM, 0, 0, NULL, NULL, NULL};
static const struct addrinfo hints_family = {0, 0x1234, SOCK_STREAM, 0, 0, NULL, NULL, NULL};
static const struct addrinfo hints_type = {0, AF_INET, 0x1234, 0, 0, NULL, NULL, NULL};
static const struct addrinfo hints_length = {0, AF_INET, SOCK_STREAM, 0, 1, NULL, NULL, NULL};
static const fd_set set_empty;

static const struct value sockets[] = {OF_KIND( "tcp", SOCKET_TCP ), OF_KIND( "udp", SOCKET_UDP ),
                                       NAMED( "bad", 0xdead0 ), NAMED( "none", INVALID_SOCKET ), NAMED( "0", 0 ),
                                       OF_KIND( "event", EVENT )};
static const struct value addrs[] = {DATA( "127.0.0.1:1", addr_inet ), NUM( NULL ), DATA( "family", addr_family ),
                                     DATA( "ipv6", addr_inet6 )};
static const struct value addr_lens[] = {NUM( 16 ), NUM( 0 ), NUM( 4 ), NUM( 28 )};
static const struct value outputs[] = {DATA( "buf", zeros ), NUM( NULL )};
static const struct value buffer_only[] = {DATA( "buf", zeros )};
static const struct value optional[] = {NUM( NULL ), DATA( "buf", zeros )};
static const struct value lengths[] = {DATA( "&256", len_256 ), NUM( NULL ), DATA( "&0", len_0 ), DATA( "&4", len_4 )};
static const struct value buffers[] = {OF_KIND( "wsabuf", BUFFERS ), NUM( NULL )};
static const struct value counts[] = {NUM( 1 ), NUM( 0 )};
static const struct value sizes[] = {NUM( 256 ), NUM( 0 ), NUM( 4 )};
static const struct value flags[] = {DATA( "&0", len_0 ), NUM( NULL ), DATA( "&-1", all_bits )};
static const struct value zero[] = {NUM( 0 )};
static const struct value numbers[] = {NUM( 0 ), NUM( 1 ), NUM( -1 ), NUM( 0x7777 )};
static const struct value windows[] = {NUM( NULL ), NAMED( "hwnd", 0xdead )};
static const struct value times[] = {DATA( "&0.0", time_0 ), DATA( "&-1.0", time_negative )};
static const struct value fd_sets[] = {OF_KIND( "set", SOCKET_SET ), NUM( NULL ), DATA( "empty", set_empty ),
                                       {"set-bad", SOCKET_SET, 0xdead0, NULL, 0}};
static const struct value poll_fds[] = {OF_KIND( "fds", POLL_FDS ), NUM( NULL ), {"fds-bad", POLL_FDS, 0xdead0, NULL, 0}};
static const struct value events[] = {OF_KIND( "event", EVENT ), NUM( NULL ), NAMED( "bad", 0xdead0 )};
static const struct value event_lists[] = {OF_KIND( "events", EVENTS ), NUM( NULL )};
static const struct value names[] = {STR( "localhost" ), NUM( NULL )};
static const struct value names_w[] = {STR( L"localhost" ), NUM( NULL )};
static const struct value services[] = {STR( "1" ), NUM( NULL ), STR( "no-such-service" )};
static const struct value services_w[] = {STR( L"1" ), NUM( NULL ), STR( L"no-such-service" )};
static const struct value protocols[] = {STR( "tcp" ), NUM( NULL ), STR( "no-such-protocol" )};
static const struct value addr_texts[] = {STR( "127.0.0.1" ), NUM( NULL ), STR( "" ), STR( "1.2.3.4.5" ), STR( "::1" )};
static const struct value addr_texts_w[] = {STR( L"127.0.0.1" ), NUM( NULL ), STR( L"" ), STR( L"1.2.3.4.5" ),
                                            STR( L"::1" )};
static const struct value hints[] = {NUM( NULL ), DATA( "good", hints_good ), DATA( "family", hints_family ),
                                     DATA( "type", hints_type ), DATA( "length", hints_length )};
static const struct value guids[] = {DATA( "guid", guid ), NUM( NULL )};
static const struct value infos[] = {NUM( NULL ), DATA( "zeros", zeros )};
static const struct value controls[] = {NUM( FIONREAD ), NUM( FIONBIO ), NUM( SIOCATMARK ), NUM( 0x12345678 ),
                                        NAMED( "SIO_KEEPALIVE_VALS", 0x98000004 ), NUM( SIO_ADDRESS_LIST_QUERY ),
                                        NUM( SIO_ROUTING_INTERFACE_QUERY ), NUM( SIO_BASE_HANDLE ),
                                        NUM( SIO_GET_EXTENSION_FUNCTION_POINTER )};
static const struct value inputs[] = {DATA( "ConnectEx", guid_connect_ex ), NUM( NULL ), DATA( "zeros", zeros )};
static const struct value levels[] = {NUM( SOL_SOCKET ), NUM( IPPROTO_TCP ), NUM( IPPROTO_IP ), NUM( 0x7777 )};
static const struct value options[] = {NUM( SO_TYPE ), NUM( SO_BROADCAST ), NUM( SO_ERROR ), NUM( SO_LINGER ),
                                       NUM( SO_RCVBUF ), NUM( SO_CONNECT_TIME ), NUM( SO_PROTOCOL_INFOW ),
                                       NUM( SO_OPENTYPE ), NUM( 0x7777 )};
static const struct value families[] = {NUM( AF_INET ), NUM( AF_INET6 ), NUM( 0 ), NUM( 0x7777 )};
static const struct value types[] = {NUM( SOCK_STREAM ), NUM( SOCK_DGRAM ), NUM( 0 ), NUM( 77 )};
static const struct value kinds_of_ip[] = {NUM( IPPROTO_TCP ), NUM( IPPROTO_UDP ), NUM( 0 ), NUM( 0x77 )};
static const struct value processes[] = {OF_KIND( "self", PROCESS ), NUM( 0 ), NUM( 0xdead0 )};
static const struct value versions[] = {NUM( 0x202 ), NUM( 0x101 ), NUM( 0 ), NUM( 0x7777 )};

static const struct
{
    char letter;
    const struct value *values;
    unsigned int count;
} letters[] =
{
#define X( letter, values ) { letter, values, ARRAY_SIZE(values) }
    X( 'S', sockets ), X( 'a', addrs ), X( 'n', addr_lens ), X( 'p', outputs ), X( 'o', optional ), X( 'l', lengths ),
    X( 'b', buffers ), X( 'c', counts ), X( 'z', sizes ), X( 'f', flags ), X( '0', zero ), X( 'i', numbers ),
    X( 'w', windows ), X( 't', times ), X( 'q', fd_sets ), X( 'Q', poll_fds ), X( 'e', events ), X( 'E', event_lists ),
    X( 'm', names ), X( 'M', names_w ), X( 's', services ), X( 'W', services_w ), X( 'r', protocols ),
    X( 'd', addr_texts ), X( 'D', addr_texts_w ), X( 'h', hints ), X( 'g', guids ), X( 'I', infos ), X( 'k', controls ),
    X( 'K', inputs ), X( 'L', levels ), X( 'O', options ), X( 'F', families ), X( 'T', types ), X( 'P', kinds_of_ip ),
    X( 'x', processes ), X( 'v', versions ), X( 'y', buffer_only ),
#undef X
};

/* One call. */
struct call
{
    const struct api *api;
    const struct value *values[ARG_MAX];
    ULONG_PTR args[ARG_MAX];
    char areas[ARG_MAX][AREA], before[ARG_MAX][AREA];
    SOCKET s;
    HANDLE event;
    char data[4];
    ULONG_PTR ret;
    DWORD error, exception;
};

static BOOL started, printing;

static const struct value *find_values( char letter, unsigned int *count )
{
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(letters); i++)
        if (letters[i].letter == letter)
        {
            *count = letters[i].count;
            return letters[i].values;
        }
    ok( 0, "There is no letter %c.\n", letter );
    *count = 1;
    return zero;
}

/* Nothing waits: the sockets do not block. */
static SOCKET make_socket( int type )
{
    u_long yes = 1;
    SOCKET s;

    if (!started) return 0xdead0;
    s = socket( AF_INET, type, 0 );
    ioctlsocket( s, FIONBIO, &yes );
    return s;
}

static void make_area( struct call *call, unsigned int i )
{
    const struct value *value = call->values[i];
    char *area = call->areas[i];

    memset( area, FILL, AREA );
    call->args[i] = (ULONG_PTR)area;
    switch (value->kind)
    {
    case MEMORY:
        memcpy( area, value->data, value->size );
        break;

    case BUFFERS:
        ((WSABUF *)area)->len = sizeof(call->data);
        ((WSABUF *)area)->buf = call->data;
        break;

    case SOCKET_SET:
        ((fd_set *)area)->fd_count = 1;
        ((fd_set *)area)->fd_array[0] = value->number ? value->number : call->s;
        break;

    case POLL_FDS:
        ((WSAPOLLFD *)area)->fd = value->number ? value->number : call->s;
        ((WSAPOLLFD *)area)->events = POLLRDNORM;
        ((WSAPOLLFD *)area)->revents = 0;
        break;

    case EVENTS:
        *(HANDLE *)area = call->event;
        break;

    case SOCKET_TCP:
    case SOCKET_UDP:
        call->args[i] = call->s;
        break;

    case EVENT:
        call->args[i] = (ULONG_PTR)call->event;
        break;

    case PROCESS:
        call->args[i] = GetCurrentProcessId();
        break;

    case NUMBER:
        call->args[i] = value->number;
        break;
    }
}

static ULONG_PTR call_function( FARPROC func, const ULONG_PTR *a, unsigned int count )
{
#define P ULONG_PTR
    switch (count)
    {
    case 0: return ((P (WINAPI *)(void))func)();
    case 1: return ((P (WINAPI *)(P))func)( a[0] );
    case 2: return ((P (WINAPI *)(P, P))func)( a[0], a[1] );
    case 3: return ((P (WINAPI *)(P, P, P))func)( a[0], a[1], a[2] );
    case 4: return ((P (WINAPI *)(P, P, P, P))func)( a[0], a[1], a[2], a[3] );
    case 5: return ((P (WINAPI *)(P, P, P, P, P))func)( a[0], a[1], a[2], a[3], a[4] );
    case 6: return ((P (WINAPI *)(P, P, P, P, P, P))func)( a[0], a[1], a[2], a[3], a[4], a[5] );
    case 7: return ((P (WINAPI *)(P, P, P, P, P, P, P))func)( a[0], a[1], a[2], a[3], a[4], a[5], a[6] );
    case 8: return ((P (WINAPI *)(P, P, P, P, P, P, P, P))func)( a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7] );
    case 9:
        return ((P (WINAPI *)(P, P, P, P, P, P, P, P, P))func)( a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8] );
    case 10:
        return ((P (WINAPI *)(P, P, P, P, P, P, P, P, P, P))func)( a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7],
                                                                   a[8], a[9] );
    default:
        return ((P (WINAPI *)(P, P, P, P, P, P, P, P, P, P, P, P))func)( a[0], a[1], a[2], a[3], a[4], a[5], a[6],
                                                                         a[7], a[8], a[9], a[10], a[11] );
    }
#undef P
}

/* Where an exception goes that the function does not handle itself. */
static struct
{
    void *jump[5];      /* of __builtin_setjmp() */
    void *frame;
    DWORD thread;
    volatile DWORD code;
} caught;

static LONG WINAPI catch_exception( EXCEPTION_POINTERS *pointers )
{
    if (caught.thread != GetCurrentThreadId()) return EXCEPTION_CONTINUE_SEARCH;
    caught.code = pointers->ExceptionRecord->ExceptionCode;
    ((NT_TIB *)NtCurrentTeb())->ExceptionList = caught.frame;
    /* Not by returning: the call of a stub cannot be continued. */
    __builtin_longjmp( caught.jump, 1 );
}

static void make_call( struct call *call, FARPROC func )
{
    caught.code = 0;
    caught.thread = GetCurrentThreadId();
    caught.frame = ((NT_TIB *)NtCurrentTeb())->ExceptionList;
    if (!__builtin_setjmp( caught.jump ))
    {
        SetLastError( KEPT );
        call->ret = call_function( func, call->args, strlen( call->api->args ) );
        call->error = GetLastError();
        ok( ((NT_TIB *)NtCurrentTeb())->ExceptionList == caught.frame, "%s leaves exception handler %p behind, before %p.\n",
            call->api->name, ((NT_TIB *)NtCurrentTeb())->ExceptionList, caught.frame );
        ((NT_TIB *)NtCurrentTeb())->ExceptionList = caught.frame;
    }
    call->exception = caught.code;
    caught.thread = 0;
}

static BOOL has_failed( const struct call *call )
{
    switch (call->api->ret)
    {
    case 'i': return (int)call->ret == SOCKET_ERROR;
    case 's': return call->ret == INVALID_SOCKET;
    case 'b': return !(BOOL)call->ret;
    case 'h': return !call->ret;
    case 'e': return !!(int)call->ret;
    }
    return FALSE;
}

static void print_result( const struct call *call )
{
    switch (call->api->ret)
    {
    case 's': printf( call->ret == INVALID_SOCKET ? " = none" : " = socket" ); break;
    case 'h': printf( call->ret ? " = pointer" : " = NULL" ); break;
    case 'v': break;
    default:  printf( " = %d", (int)call->ret ); break;
    }
    if (!has_failed( call )) return;
    if (call->error == KEPT) printf( ", error kept" );
    else printf( ", error %lu", call->error );
}

/* How much of the memory behind an argument has changed, and what became of a length. */
static void print_written( const struct call *call, unsigned int i )
{
    unsigned int size = AREA;

    while (size && call->areas[i][size - 1] == call->before[i][size - 1]) size--;
    if (!size) return;
    if (call->api->args[i] == 'l') printf( ", %u: &%d", i + 1, *(const int *)call->areas[i] );
    else printf( ", %u: %u bytes", i + 1, size );
}

static void print_call( const struct call *call )
{
    unsigned int i, count = strlen( call->api->args );

    printf( "%s(", call->api->name );
    for (i = 0; i < count; i++) printf( "%s%s", i ? ", " : "", call->values[i]->name );
    printf( ")" );
    if (!started) printf( " unstarted" );
    if (call->exception) printf( " raises %#lx", call->exception );
    else print_result( call );
    for (i = 0; i < count; i++) print_written( call, i );
    printf( "\n" );
}

/* The arguments whose values are not set are good. */
static void do_call( struct call *call, FARPROC func )
{
    unsigned int i, j, count = strlen( call->api->args );
    int type = SOCK_STREAM;

    for (i = 0; i < count; i++)
    {
        if (!call->values[i]) call->values[i] = find_values( call->api->args[i], &j );
        if (call->values[i]->kind == SOCKET_UDP) type = SOCK_DGRAM;
    }
    call->s = make_socket( type );
    call->event = CreateEventW( NULL, TRUE, FALSE, NULL );
    for (i = 0; i < count; i++) make_area( call, i );
    memcpy( call->before, call->areas, sizeof(call->areas) );

    if (winetest_debug > 1) trace( "%s\n", call->api->name );
    make_call( call, func );
    if (printing) print_call( call );
    fflush( stdout );

    if (call->api->ret == 's' && !call->exception) closesocket( call->ret );
    closesocket( call->s );
    CloseHandle( call->event );
    memset( call->values, 0, sizeof(call->values) );
}

static void call_with_each_value( struct call *call, FARPROC func, const struct value *socket )
{
    unsigned int i, j, value_count, first = socket ? 1 : 0, count = strlen( call->api->args );
    const struct value *values;

    call->values[0] = socket;
    do_call( call, func );
    for (i = first; i < count; i++)
    {
        values = find_values( call->api->args[i], &value_count );
        for (j = 1; j < value_count; j++)
        {
            call->values[0] = socket;
            call->values[i] = &values[j];
            do_call( call, func );
        }
    }
}

static void call_api( const struct api *api )
{
    FARPROC func = GetProcAddress( GetModuleHandleW( L"ws2_32.dll" ), api->name );
    struct call *call = calloc( 1, sizeof(*call) );
    unsigned int i;

    call->api = api;
    if (!func)
    {
        if (printing) printf( "%s is not exported\n", api->name );
        else ok( 0, "%s is not exported.\n", api->name );
    }
    else if (!started) do_call( call, func );
    else if (api->args[0] != 'S') call_with_each_value( call, func, NULL );
    else for (i = 0; i < ARRAY_SIZE(sockets); i++) call_with_each_value( call, func, &sockets[i] );
    free( call );
}

static const struct api *find_api( const char *name )
{
    unsigned int i;

    for (i = 0; i < api_count; i++) if (!strcmp( apis[i].name, name )) return &apis[i];
    return NULL;
}

/* The export directory, which has no other names. */
static void test_table(void)
{
    const char *base = (const char *)GetModuleHandleW( L"ws2_32.dll" );
    const IMAGE_NT_HEADERS *nt = (const IMAGE_NT_HEADERS *)(base + ((const IMAGE_DOS_HEADER *)base)->e_lfanew);
    const IMAGE_EXPORT_DIRECTORY *exports =
        (const void *)(base + nt->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_EXPORT].VirtualAddress);
    const DWORD *names = (const DWORD *)(base + exports->AddressOfNames);
    unsigned int i;

    for (i = 0; i < exports->NumberOfNames; i++)
        ok( !!find_api( base + names[i] ), "%s is exported, but is not in the table.\n", base + names[i] );
}

static void call_all(void)
{
    unsigned int i;
    WSADATA data;

    for (i = 0; i < api_count; i++) call_api( &apis[i] );
    WSAStartup( MAKEWORD( 2, 2 ), &data );
    started = TRUE;
    for (i = 0; i < api_count; i++) call_api( &apis[i] );
    ok( 1, "All calls have returned.\n" );
}

START_TEST(api_errors)
{
    char **argv;

    printing = winetest_get_mainargs( &argv ) > 2 && !strcmp( argv[2], "print" );
    SetUnhandledExceptionFilter( catch_exception );
    if (!printing) test_table();
    call_all();
}
