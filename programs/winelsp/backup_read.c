/*
 * Administration of layered providers: reading catalogs from a file
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

#include "winelsp.h"
#include "backup_file.h"
#include "state.h"

#define MAX_FILE_SIZE  (64 * 1024 * 1024)
#define MAX_KEY_NAME   255      /* characters, as the registry has it */
#define MAX_VALUE_NAME 16383

struct reader
{
    const WCHAR *path;      /* of the file */
    WCHAR *text;            /* what is left, terminated */
    unsigned int line;      /* number of the one that next_line() returned */
    struct reg_key *tree;
    struct reg_key *key;    /* that the values belong to; NULL before the first */
};

static BOOL line_error( const struct reader *reader, const WCHAR *message )
{
    error( L"'%ls', line %u: %ls; nothing was changed", reader->path, max( reader->line, 1u ), message );
    return FALSE;
}

/* Cuts off the next line; NULL at the end. */
static WCHAR *next_line( struct reader *reader )
{
    WCHAR *line = reader->text, *end;

    if (!*line) return NULL;
    ++reader->line;
    if ((end = wcschr( line, '\n' ))) reader->text = end + 1;
    else reader->text = end = line + wcslen( line );
    if (end > line && end[-1] == '\r') --end;
    *end = 0;
    return line;
}

static WCHAR *next_filled_line( struct reader *reader )
{
    WCHAR *line;

    do line = next_line( reader );
    while (line && !*line);
    return line;
}

/* Removes the quotation marks and backslashes in place. Returns what is behind the string; NULL if it has no end. */
static WCHAR *unquote( WCHAR *quoted, WCHAR **ret )
{
    WCHAR *src = quoted + 1, *dst = quoted;

    *ret = quoted;
    if (*quoted != '"') return NULL;
    for (; *src && *src != '"'; ++src)
    {
        if (*src == '\\' && *++src != '\\' && *src != '"') return NULL;
        *dst++ = *src;
    }
    if (!*src) return NULL;
    *dst = 0;
    return src + 1;
}

static int hex_digit( WCHAR c )
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* Takes hexadecimal digits, and goes behind them. */
static BOOL parse_hex( WCHAR **text, unsigned int min_digits, unsigned int max_digits, DWORD *ret )
{
    unsigned int digits;

    *ret = 0;
    for (digits = 0; digits < max_digits && hex_digit( **text ) >= 0; ++digits, ++*text)
        *ret = (*ret << 4) | hex_digit( **text );
    return digits >= min_digits;
}

/* The bytes behind "hex:", over as many lines as they take. */
static BOOL parse_bytes( struct reader *reader, const WCHAR *name, DWORD type, WCHAR *text )
{
    DWORD byte, size = 0, capacity = 0;
    BYTE *data = NULL;
    BOOL ret = TRUE;

    while (ret && *text)
    {
        if (size == capacity)
        {
            capacity = 2 * capacity + 1024;
            data = allocate( data, capacity );
        }
        if (!(ret = parse_hex( &text, 2, 2, &byte ))) break;
        data[size++] = byte;
        if (!*text) break;
        ret = *text++ == ',';
        if (ret && !wcscmp( text, L"\\" ))
        {
            if (!(text = next_line( reader ))) text = (WCHAR *)L"";
            while (*text == ' ') ++text;
            ret = *text != 0;
        }
        else ret = ret && *text;
    }
    if (ret) reg_tree_set_value( reader->key, name, type, data ? data : (const void *)L"", size );
    free( data );
    return ret || line_error( reader, L"this is no list of bytes" );
}

static BOOL parse_data( struct reader *reader, const WCHAR *name, WCHAR *text )
{
    WCHAR *string, *end;
    DWORD value;

    if (*text == '"')
    {
        if (!(end = unquote( text, &string ))) return line_error( reader, L"the string has no end" );
        if (*end) return line_error( reader, L"there is something behind the string" );
        reg_tree_set_value( reader->key, name, REG_SZ, string, (wcslen( string ) + 1) * sizeof(WCHAR) );
        return TRUE;
    }
    if (!wcsncmp( text, L"dword:", 6 ))
    {
        text += 6;
        if (!parse_hex( &text, 8, 8, &value ) || *text)
            return line_error( reader, L"a dword has eight hexadecimal digits" );
        reg_tree_set_dword( reader->key, name, value );
        return TRUE;
    }
    if (!wcsncmp( text, L"hex:", 4 )) return parse_bytes( reader, name, REG_BINARY, text + 4 );
    if (!wcsncmp( text, L"hex(", 4 ))
    {
        text += 4;
        if (parse_hex( &text, 1, 8, &value ) && text[0] == ')' && text[1] == ':')
            return parse_bytes( reader, name, value, text + 2 );
    }
    return line_error( reader, L"the value is no string, dword: or hex:" );
}

static BOOL parse_value( struct reader *reader, WCHAR *line )
{
    WCHAR *name, *text;

    if (!reader->key) return line_error( reader, L"a value comes before the first key" );
    if (*line == '@')
    {
        text = line + 1;
        name = (WCHAR *)L"";
    }
    else if (!(text = unquote( line, &name )) || !*name)
        return line_error( reader, L"this is no key, no value and no comment" );
    if (wcslen( name ) > MAX_VALUE_NAME) return line_error( reader, L"the name of the value is too long" );
    if (*text != '=') return line_error( reader, L"there is no = behind the name of the value" );
    if (reg_tree_get_value( reader->key, name )) return line_error( reader, L"the key has this value already" );
    return parse_data( reader, name, text + 1 );
}

/* The names in the path below the root, of which all but the last are there. */
static BOOL parse_key( struct reader *reader, WCHAR *line )
{
    static const WCHAR root[] = L"[" BACKUP_ROOT;
    struct reg_key *key = reader->tree, *child;
    size_t len = wcslen( line );
    WCHAR *name, *next;

    if (line[len - 1] != ']') return line_error( reader, L"the name of the key has no ] behind it" );
    line[len - 1] = 0;
    if (_wcsnicmp( line, root, wcslen( root ) )) return line_error( reader, L"the key is none of Winsock's" );
    next = line + wcslen( root );
    if (!*next)
    {
        if (reader->key) return line_error( reader, L"this key was there before" );
        reader->key = key;
        return TRUE;
    }
    if (*next++ != '\\') return line_error( reader, L"the key is none of Winsock's" );
    if (!reader->key) return line_error( reader, L"the key that this one is below is not there" );

    for (name = next; (next = wcschr( name, '\\' )); name = next + 1)
    {
        *next = 0;
        if (!(child = reg_tree_get_key( key, name )))
            return line_error( reader, L"the key that this one is below is not there" );
        key = child;
    }
    if (!*name) return line_error( reader, L"the key has no name" );
    if (wcslen( name ) > MAX_KEY_NAME) return line_error( reader, L"the name of the key is too long" );
    if (reg_tree_get_key( key, name )) return line_error( reader, L"this key was there before" );
    reader->key = reg_tree_add_key( key, name );
    return TRUE;
}

static BOOL parse_head( struct reader *reader )
{
    static const WCHAR version[] = BACKUP_VERSION;
    const WCHAR *line;

    if (!(line = next_line( reader )) || wcscmp( line, BACKUP_HEADER ))
        return line_error( reader, L"this is no file that winelsp wrote" );
    if (!(line = next_filled_line( reader )) || wcsncmp( line, version, wcslen( version ) ))
        return line_error( reader, L"this is no file that winelsp wrote" );
    if (wcscmp( line + wcslen( version ), BACKUP_NUMBER ))
        return line_error( reader, L"the version of the file is not " BACKUP_NUMBER L", which this winelsp knows" );
    if (!(line = next_filled_line( reader )) || _wcsicmp( line, L"[-" BACKUP_ROOT L"]" ))
        return line_error( reader, L"here should be [-" BACKUP_ROOT L"]" );
    return TRUE;
}

static BOOL parse( struct reader *reader )
{
    WCHAR *line;
    BOOL ret;

    if (!parse_head( reader )) return FALSE;
    for (;;)
    {
        if (!(line = next_filled_line( reader ))) return line_error( reader, L"the rest of the file is missing" );
        if (!wcscmp( line, BACKUP_END )) break;
        if (*line == ';') ret = TRUE;
        else if (*line == '[') ret = parse_key( reader, line );
        else ret = parse_value( reader, line );
        if (!ret) return FALSE;
    }
    if (next_filled_line( reader )) return line_error( reader, L"there is something behind the end" );
    if (!reg_tree_get_key( reader->tree, CATALOG_NAME ))
        return line_error( reader, L"the file has no key " CATALOG_NAME );
    return TRUE;
}

/* The file as text. NULL after an error message. */
static WCHAR *load_text( const WCHAR *path )
{
    HANDLE file = CreateFileW( path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL );
    DWORD read, code = 0;
    LARGE_INTEGER size;
    WCHAR *text = NULL;
    char *utf8 = NULL;
    int len = 0;

    if (file == INVALID_HANDLE_VALUE) code = GetLastError();
    else if (!GetFileSizeEx( file, &size )) code = GetLastError();
    else if (size.QuadPart > MAX_FILE_SIZE) code = ERROR_FILE_TOO_LARGE;
    else
    {
        utf8 = allocate( NULL, size.QuadPart + 1 );
        if (!ReadFile( file, utf8, size.QuadPart, &read, NULL )) code = GetLastError();
    }
    if (file != INVALID_HANDLE_VALUE) CloseHandle( file );

    if (code) error( L"cannot read the file '%ls': %ls", path, describe_system_error( code ) );
    else if (read) len = MultiByteToWideChar( CP_UTF8, MB_ERR_INVALID_CHARS, utf8, read, NULL, 0 );
    if (!code && ((read && !len) || memchr( utf8, 0, read )))
        error( L"'%ls' is no text in UTF-8, as winelsp writes it; nothing was changed", path );
    else if (!code)
    {
        text = allocate( NULL, (len + 1) * sizeof(*text) );
        MultiByteToWideChar( CP_UTF8, 0, utf8, read, text, len );
        text[len] = 0;
    }
    free( utf8 );
    return text;
}

BOOL backup_file_read( const WCHAR *path, struct reg_key *tree )
{
    struct reader reader = {.path = path, .tree = tree};
    WCHAR *text;
    BOOL ret;

    if (!(text = load_text( path ))) return FALSE;
    reader.text = text;
    ret = parse( &reader );
    free( text );
    return ret;
}
