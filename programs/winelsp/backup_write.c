/*
 * Administration of layered providers: writing catalogs to a file
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

#define COLUMNS 80

/* A text that grows. */
struct text
{
    WCHAR *chars;
    size_t len;
    size_t capacity;
};

static void append( struct text *text, const WCHAR *chars, size_t len )
{
    if (text->len + len > text->capacity)
    {
        text->capacity = 2 * (text->len + len);
        text->chars = allocate( text->chars, text->capacity * sizeof(*chars) );
    }
    memcpy( text->chars + text->len, chars, len * sizeof(*chars) );
    text->len += len;
}

static void append_string( struct text *text, const WCHAR *string )
{
    append( text, string, wcslen( string ) );
}

/* Whether a line of UTF-8 can hold the characters. */
static BOOL is_printable( const WCHAR *chars, size_t len )
{
    size_t i;

    for (i = 0; i < len; ++i)
    {
        if (chars[i] < ' ' || chars[i] == 0x7f) return FALSE;
        if (IS_LOW_SURROGATE( chars[i] )) return FALSE;
        if (IS_HIGH_SURROGATE( chars[i] ) && (++i == len || !IS_LOW_SURROGATE( chars[i] ))) return FALSE;
    }
    return TRUE;
}

static void append_quoted( struct text *text, const WCHAR *chars, size_t len )
{
    size_t i;

    append( text, L"\"", 1 );
    for (i = 0; i < len; ++i)
    {
        if (chars[i] == '"' || chars[i] == '\\') append( text, L"\\", 1 );
        append( text, &chars[i], 1 );
    }
    append( text, L"\"", 1 );
}

/* A string is written as such if reading it gives the same bytes. */
static BOOL is_plain_string( const struct reg_value *value )
{
    const WCHAR *chars = (const WCHAR *)value->data;
    size_t len = value->size / sizeof(WCHAR);

    return value->type == REG_SZ && len && !(value->size % sizeof(WCHAR)) && !chars[len - 1] &&
           is_printable( chars, len - 1 );
}

/* column is where the line stands. */
static void append_bytes( struct text *text, size_t column, const struct reg_value *value )
{
    WCHAR buffer[16];
    DWORD i;

    if (value->type == REG_BINARY) wcscpy( buffer, L"hex:" );
    else swprintf( buffer, ARRAYSIZE(buffer), L"hex(%lx):", value->type );
    append_string( text, buffer );
    column += wcslen( buffer );
    for (i = 0; i < value->size; ++i)
    {
        if (column + 4 > COLUMNS)
        {
            append_string( text, L"\\\n  " );
            column = 2;
        }
        swprintf( buffer, ARRAYSIZE(buffer), L"%02x%ls", value->data[i], i + 1 < value->size ? L"," : L"" );
        append_string( text, buffer );
        column += 3;
    }
}

static void append_value( struct text *text, const struct reg_value *value )
{
    size_t start = text->len;
    WCHAR buffer[16];
    DWORD dword;

    if (*value->name) append_quoted( text, value->name, wcslen( value->name ) );
    else append( text, L"@", 1 );
    append( text, L"=", 1 );

    if (is_plain_string( value ))
        append_quoted( text, (const WCHAR *)value->data, value->size / sizeof(WCHAR) - 1 );
    else if (value->type == REG_DWORD && value->size == sizeof(dword))
    {
        memcpy( &dword, value->data, sizeof(dword) );
        swprintf( buffer, ARRAYSIZE(buffer), L"dword:%08lx", dword );
        append_string( text, buffer );
    }
    else append_bytes( text, text->len - start, value );
    append( text, L"\n", 1 );
}

/* What a person wants to know of an entry. */
static void append_comment( struct text *text, const struct reg_key *key )
{
    WCHAR line[WSAPROTOCOL_LEN + MAX_PATH + 200], path[MAX_PATH], guid[GUID_CHARS];
    struct packed_entry entry;
    int i;

    if (parse_entry_key( key, &entry )) return;
    packed_path( &entry, path );
    swprintf( line, ARRAYSIZE(line), L"; %lu %ls, %ls\n", entry.info.dwCatalogEntryId, info_kind( &entry.info ),
              is_printable( entry.info.szProtocol, wcslen( entry.info.szProtocol ) ) ? entry.info.szProtocol
                                                                                     : L"(name)" );
    append_string( text, line );
    if (entry.info.ProtocolChain.ChainLen > BASE_PROTOCOL)
    {
        append( text, L"; ", 2 );
        for (i = 0; i < entry.info.ProtocolChain.ChainLen; ++i)
        {
            swprintf( line, ARRAYSIZE(line), L"%ls%lu", i ? L" > " : L"", entry.info.ProtocolChain.ChainEntries[i] );
            append_string( text, line );
        }
        append( text, L"\n", 1 );
    }
    swprintf( line, ARRAYSIZE(line), L"; %ls, %ls\n", guid_string( &entry.info.ProviderId, guid ),
              is_printable( path, wcslen( path ) ) ? path : L"(path)" );
    append_string( text, line );
}

/* A file of lines has no room for a name with a control character. FALSE after an error message. */
static BOOL check_name( const WCHAR *key_path, const WCHAR *name )
{
    if (is_printable( name, wcslen( name ) )) return TRUE;
    error( L"a name in the registry key HKEY_LOCAL_MACHINE\\%ls has characters that a file cannot hold; "
           L"delete it with regedit", key_path );
    return FALSE;
}

static BOOL append_key( struct text *text, const WCHAR *path, const struct reg_key *key )
{
    WCHAR *child;
    unsigned int i;
    size_t len;
    BOOL ret = TRUE;

    append( text, L"\n", 1 );
    append_comment( text, key );
    append( text, L"[", 1 );
    append_string( text, path );
    append( text, L"]\n", 2 );
    for (i = 0; ret && i < key->value_count; ++i)
        if ((ret = check_name( path, key->values[i].name ))) append_value( text, &key->values[i] );

    for (i = 0; ret && i < key->key_count; ++i)
    {
        if (!(ret = check_name( path, key->keys[i].name ))) break;
        len = wcslen( path ) + 1 + wcslen( key->keys[i].name ) + 1;
        child = allocate( NULL, len * sizeof(*child) );
        swprintf( child, len, L"%ls\\%ls", path, key->keys[i].name );
        ret = append_key( text, child, &key->keys[i] );
        free( child );
    }
    return ret;
}

/* The file is on the disk when this returns: what it is a copy of is about to be overwritten. */
static BOOL save_text( const WCHAR *path, const struct text *text )
{
    DWORD size = WideCharToMultiByte( CP_UTF8, 0, text->chars, text->len, NULL, 0, NULL, NULL ), written, code;
    char *utf8 = allocate( NULL, size );
    HANDLE file;
    BOOL ret;

    WideCharToMultiByte( CP_UTF8, 0, text->chars, text->len, utf8, size, NULL, NULL );
    file = CreateFileW( path, GENERIC_WRITE, 0, NULL, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL );
    ret = file != INVALID_HANDLE_VALUE;
    if (!ret) code = GetLastError();
    else
    {
        if (!(ret = WriteFile( file, utf8, size, &written, NULL ) && written == size && FlushFileBuffers( file )))
            code = GetLastError();
        CloseHandle( file );
        if (!ret) DeleteFileW( path );
    }
    if (!ret) error( L"cannot write the file '%ls': %ls", path, describe_system_error( code ) );
    free( utf8 );
    return ret;
}

BOOL backup_file_write( const WCHAR *path, const struct reg_key *tree )
{
    struct text text = {0};
    BOOL ret;

    append_string( &text, BACKUP_HEADER L"\n\n" BACKUP_VERSION BACKUP_NUMBER L"\n\n[-" BACKUP_ROOT L"]\n" );
    if ((ret = append_key( &text, BACKUP_ROOT, tree )))
    {
        append_string( &text, L"\n" BACKUP_END L"\n" );
        ret = save_text( path, &text );
    }
    free( text.chars );
    return ret;
}
